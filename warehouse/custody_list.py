"""The lines of a handover's list: read from a CSV file, counted, and digested.

A line names a dossier, or a box that is handed over whole. Messages name a line by its number;
they never repeat what it says.
"""

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.errors import HandoverListUnusable

HEADINGS = (
    "agency_code", "box_code", "dossier_code", "document_count", "received_document_count",
    "explained_document_count", "explanation",
)  # fmt: skip
MOST_BYTES = 64 << 20
MOST_DOCUMENTS = 2**31 - 1  # what a column of the ledger holds


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: whose papers, which box or dossier, how many documents."""

    agency_code: str
    box_code: str | None
    dossier_code: str | None
    document_count: int
    received_document_count: int
    explained_document_count: int = 0
    explanation: str | None = None

    def __repr__(self) -> str:
        return "Item(…)"  # an explanation may name persons


@dataclass(frozen=True, slots=True)
class Counts:
    """How many boxes, dossiers and documents a list names."""

    boxes: int
    dossiers: int
    documents: int


def read(path: Path, giver: str) -> tuple[Item, ...]:
    """Return the lines of the CSV file at ``path``; lines without an agency are of the ``giver``.

    Raises:
        HandoverListUnusable: it cannot be read, or a line is none.
    """
    rows = csv.DictReader(io.StringIO(_text(path)), strict=True, restkey="", restval="")
    try:
        headings = [(one or "").strip() for one in rows.fieldnames or ()]
        if not headings or set(headings) - set(HEADINGS) or len(set(headings)) < len(headings):
            raise HandoverListUnusable(
                f"the first line of the list names each column once, of {', '.join(HEADINGS)}."
            )
        rows.fieldnames = headings
        items = [_item(row, rows.line_num, giver) for row in rows]
    except csv.Error:
        raise HandoverListUnusable(f"line {rows.line_num} of the list is no CSV.") from None
    if not items:
        raise HandoverListUnusable("the list names nothing: it needs a line for each thing.")
    _require_each_once(items)
    if max(map(sum, zip(*map(_both_counts, items), strict=True))) > MOST_DOCUMENTS:
        raise HandoverListUnusable(
            "the list names more documents than a handover can have: look at its counts."
        )
    return tuple(items)


def counted(items: Sequence[Item]) -> Counts:
    """Return how many boxes, dossiers and documents lines name."""
    boxes = {(one.agency_code, one.box_code) for one in items if one.box_code}
    dossiers = {(one.agency_code, one.dossier_code) for one in items if one.dossier_code}
    return Counts(len(boxes), len(dossiers), sum(one.document_count for one in items))


def digest(items: Iterable[Item]) -> str:
    """Return the digest of lines, in whatever order they come."""
    told = sorted(json.dumps(list(asdict(one).values()), ensure_ascii=False) for one in items)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _both_counts(item: Item) -> tuple[int, int]:
    return item.document_count, item.received_document_count


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HandoverListUnusable("the list is larger than 64 MB: hand over in parts.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise HandoverListUnusable(
            f"the list of items cannot be read ({type(error).__name__}): look at --items."
        ) from None
    except UnicodeDecodeError:
        raise HandoverListUnusable("the list is not UTF-8: save it as CSV UTF-8.") from None
    if "\x00" in text:  # Python reads it, PostgreSQL keeps none
        raise HandoverListUnusable("the list holds zero bytes: it is no CSV.")
    return unicodedata.normalize("NFC", text)  # as models clean it: one name, one box


def _item(row: Mapping[str, str], line: int, giver: str) -> Item:
    if row.get(""):
        raise HandoverListUnusable(f"line {line} of the list has more cells than the first.")
    words = {name: (row.get(name) or "").strip() or None for name in HEADINGS}
    if not (words["box_code"] or words["dossier_code"]):
        raise HandoverListUnusable(f"line {line} of the list names neither a box nor a dossier.")
    listed = _count(words["document_count"], line)
    received = words["received_document_count"]
    explained = _count(words["explained_document_count"] or "0", line)
    item = Item(
        words["agency_code"] or giver,
        words["box_code"],
        words["dossier_code"],
        listed,
        listed if received is None else _count(received, line),
        explained,
        words["explanation"],
    )
    missing = abs(item.document_count - item.received_document_count)
    if explained > missing or (explained and not item.explanation):
        raise HandoverListUnusable(
            f"line {line} of the list explains more than differs, or says not how: fill in"
            " explained_document_count and explanation."
        )
    return item


def _count(word: str | None, line: int) -> int:
    if word is None or not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise HandoverListUnusable(
            f"line {line} of the list has a count that is no whole number from 0 on."
        )
    return int(word)


def _require_each_once(items: Sequence[Item]) -> None:
    """Refuse a list that names a dossier twice, or a box whole and by its dossiers."""
    boxes = [(one.agency_code, one.box_code) for one in items if not one.dossier_code]
    dossiers = [(one.agency_code, one.dossier_code) for one in items if one.dossier_code]
    in_boxes = {(one.agency_code, one.box_code) for one in items if one.dossier_code}
    is_twice = len(set(boxes)) < len(boxes) or len(set(dossiers)) < len(dossiers)
    if is_twice or in_boxes & set(boxes):
        raise HandoverListUnusable(
            "the list names a box or a dossier twice: one line each, and none for the dossiers of"
            " a box that goes whole."
        )
