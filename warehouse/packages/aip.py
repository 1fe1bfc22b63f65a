"""An archival information package of one dossier: what lies where, and in which order it is made.

``rep1`` holds the archive copies, ``rep0`` the files as they were received. Everything is named by
its place in the dossier: names that people gave are data, and stand in the rows.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from warehouse.packages import ead, mets, premis, words
from warehouse.packages.dossier import Dossier
from warehouse.packages.rows import travelling
from warehouse.packages.tree import JSON, TEXT, XML, Item, Tree
from warehouse.packages.xml import stamp

ARCHIVE, RECEIVED = "rep1", "rep0"
EVENTS = f"{words.FOLDER}/premis_events.jsonl"
BESIDE = "metadata/other/files"
REFUSED = ("file_name", "document_id", "outcome", "reason_code")
ENDINGS = {
    "application/pdf": ".pdf",
    "image/tiff": ".tif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
Take = Callable[[str, str, str], Item]  # path, digest, media type: out of the store into the tree


@dataclass(frozen=True, slots=True)
class Label:
    """What is said of a package as a whole."""

    package_id: str
    version: str  # of kho
    at: datetime
    note: str  # who it was made for, and until when it may be kept


def package_name(agency_code: str, dossier_code: str) -> str:
    """Return what a package of the dossier is called: a file name anywhere."""
    wanted = f"{agency_code}_{dossier_code}"
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", wanted)
    return plain if plain == wanted else f"{plain}-{sha256(wanted.encode()).hexdigest()[:8]}"


def place_files(dossier: Dossier, beside: Sequence[str], take: Take) -> None:
    """Put the dossier's files into the tree."""
    for one in dossier.documents:
        received = str(one.facts["media_type"] or "application/octet-stream")
        copy, original = f"{one.name}.pdf", f"{one.name}{ENDINGS.get(received, '.bin')}"
        take(f"representations/{ARCHIVE}/data/{copy}", one.archive_sha256, "application/pdf")
        take(f"representations/{RECEIVED}/data/{original}", one.received_sha256, received)
    for digest in beside:
        take(f"{BESIDE}/{digest}", digest, "application/octet-stream")


def describe(
    tree: Tree, dossier: Dossier, events: Sequence[Mapping[str, Any]], label: Label
) -> None:
    """Write all descriptions; files and rows are in the tree already."""
    tree.write_lines(EVENTS, (_as_line(event) for event in events))
    tree.write(ead.PATH, ead.description(dossier, label.package_id, label.at), XML)
    sources = {one.archive_sha256: one.received_sha256 for one in dossier.documents}
    files = tree.items("representations/") + tree.items(f"{BESIDE}/")
    tree.write(premis.PATH, premis.history(files, sources, events), XML)
    tree.write("documentation/README.txt", _read_me(dossier, label).encode(), TEXT)
    if dossier.refused:
        tree.write("documentation/refused.csv", _refused(dossier.refused).encode(), TEXT)
    tree.write("schemas/rows.json", _columns(), JSON)
    representations = [(name, _representation(tree, name, label)) for name in (RECEIVED, ARCHIVE)]
    tree.write(mets.NAME, mets.record(_whole(tree, label, representations)), XML)


def _representation(tree: Tree, name: str, label: Label) -> Item:
    """Write the METS of one representation; its paths start where it lies."""
    root = f"representations/{name}/"
    items = [
        Item(item.path.removeprefix(root), item.sha256, item.size_bytes, item.media_type)
        for item in tree.items(root)
    ]
    told = mets.Described(name, label.version, label.at, groups=[("Data", items)])
    return tree.write(f"{root}{mets.NAME}", mets.record(told), XML)


def _whole(tree: Tree, label: Label, representations: Sequence[tuple[str, Item]]) -> mets.Described:
    return mets.Described(
        label.package_id,
        label.version,
        label.at,
        descriptive=tree.items("metadata/descriptive/"),
        preservation=tree.items("metadata/preservation/"),
        other=tree.items("metadata/other/"),
        groups=[
            ("Documentation", tree.items("documentation/")),
            ("Schemas", tree.items("schemas/")),
        ],
        representations=representations,
    )


def _as_line(event: Mapping[str, Any]) -> str:
    return json.dumps(
        {**event, "event_at": event["event_at"].isoformat()}, ensure_ascii=False, sort_keys=True
    )


def _columns() -> bytes:
    """Describe the rows that travel: tables, columns, types, meaning."""
    tables = {
        table.name: {
            column.name: {"type": str(column.type).lower(), "meaning": column.comment}
            for column in table.columns
        }
        for table in (*travelling(), *(ledger.table for ledger in words.LEDGERS))
    }
    return json.dumps(tables, ensure_ascii=False, indent=1).encode()


def _refused(rows: Iterable[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    lines = csv.DictWriter(written, REFUSED, extrasaction="ignore", lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    return written.getvalue()


def _read_me(dossier: Dossier, label: Label) -> str:
    return f"""Dossier {dossier.dossier_code} of agency {dossier.agency_code}
{len(dossier.documents)} documents. Made by kho {label.version} at {stamp(label.at)}.
{label.note}
METS.xml                              every file with size and SHA-256 (E-ARK CSIP 2.1.0)
metadata/descriptive/EAD.xml          the dossier and its documents, elements of Circular 05/2025
metadata/preservation/PREMIS.xml      what happened to the files (PREMIS 3)
metadata/other/raw/*.jsonl            the warehouse's rows; schemas/rows.json says what they are
metadata/other/ledger/*.jsonl         what happened to the files, and what people said of the values
representations/{ARCHIVE}/data             archive copies (PDF/A)
representations/{RECEIVED}/data             files as they were received

`./kho import` reads this package into another warehouse.
"""
