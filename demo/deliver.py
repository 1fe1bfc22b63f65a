"""Deliver the sample city: batch folders in the inbox, the authority file, and the truth.

The truth lies outside the deliveries, where no pipeline looks for scans.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo import city
from demo.plan import DELIVERIES, Delivery, Fate, Filing, dossier_of, name_of
from demo.studio import Made, Studio

COLUMNS = ("agency_code", "bloc", "box_code", "dossier_code", "file_name", "declared_pages",
           "secrecy", "operator", "scanner")  # fmt: skip
_NEVER_ARRIVED = (Fate.MISSING, Fate.EMPTY)
Truth = dict[str, object]


@dataclass(frozen=True, slots=True)
class City:
    """Where the sample city lies; ``is_fresh`` tells whether it was drawn just now."""

    batches: tuple[Path, ...]
    catalog: Path
    truths: tuple[Path, ...]
    is_fresh: bool

    def truth(self, batch: str) -> Truth:
        """Return the truth about one delivery, by the name of its folder."""
        path = next(path for path in self.truths if path.stem == batch)
        loaded: Truth = json.loads(path.read_text(encoding="utf-8"))
        return loaded


def build(
    home: Path,
    fonts: Path,
    mnist: Path,
    seed: int = 155,
    deliveries: tuple[Delivery, ...] = DELIVERIES,
) -> City:
    """Put the sample city under ``home``; do nothing where it already lies there unchanged.

    Raises:
        DemoError: a font or the handwritten digits are missing.
    """
    record = home / "demo" / "built.json"
    recipe = _recipe(seed, fonts, deliveries)
    is_fresh = not _stands(home, record, recipe)
    if is_fresh:
        record.unlink(missing_ok=True)
        files = dict(_everything(Studio(fonts, mnist, seed), deliveries))
        for name, data in files.items():
            _write(home / name, data)
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        _write(record, _json({"recipe": recipe, "files": digests}))
    return City(
        batches=tuple(home / "inbox" / delivery.folder for delivery in deliveries),
        catalog=home / "catalog" / "agencies.csv",
        truths=tuple(_truth_path(home, delivery) for delivery in deliveries),
        is_fresh=is_fresh,
    )


def _everything(studio: Studio, deliveries: tuple[Delivery, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield every file by its path under the home, ``_COMPLETE`` last in its folder."""
    yield "catalog/agencies.csv", city.authority_file().encode()
    for delivery in deliveries:
        folder, rows, truths = f"inbox/{delivery.folder}", [], []
        for ordinal, filing in enumerate(delivery.filings, 1):
            name, made = name_of(delivery, ordinal), _made(studio, delivery, ordinal)
            if filing.fate is not Fate.MISSING:
                yield f"{folder}/{name}", made.data
            truths.append(_truth(studio, delivery, ordinal, made))
            if filing.fate is not Fate.UNDECLARED:
                rows.append(_row(studio, delivery, ordinal, made))
        truth = {"batch": delivery.folder, "agency_code": delivery.custodian, "files": truths}
        yield str(_truth_path(Path(), delivery)), _json(truth)
        yield f"{folder}/manifest.csv", _manifest(rows)
        yield f"{folder}/_COMPLETE", b""


def _made(studio: Studio, delivery: Delivery, ordinal: int) -> Made:
    return studio.make(delivery.filings[ordinal - 1], name_of(delivery, _source(delivery, ordinal)))


def _source(delivery: Delivery, ordinal: int) -> int:
    """Return the file this one repeats, byte for byte or as a new scan; itself if none."""
    filing = delivery.filings[ordinal - 1]
    if filing.fate is not Fate.COPY:
        return ordinal
    return _first_of(delivery, filing)


def _first_of(delivery: Delivery, filing: Filing) -> int:
    return 1 + [other.document for other in delivery.filings].index(filing.document)


def _row(studio: Studio, delivery: Delivery, ordinal: int, made: Made) -> dict[str, object]:
    filing = delivery.filings[ordinal - 1]
    issuer = city.agency(studio.documents[filing.document].head.agency_code)
    return {
        "agency_code": issuer.agency_code,
        "bloc": issuer.bloc,
        "box_code": delivery.box,
        "dossier_code": dossier_of(delivery, ordinal),
        "file_name": name_of(delivery, ordinal),
        "declared_pages": len(made.texts),
        "secrecy": "",
        "operator": delivery.operator,
        "scanner": delivery.scanner,
    }


def _truth(studio: Studio, delivery: Delivery, ordinal: int, made: Made) -> Truth:
    filing = delivery.filings[ordinal - 1]
    is_there = filing.fate is not Fate.MISSING
    first = name_of(delivery, _first_of(delivery, filing))
    return {
        "file": name_of(delivery, ordinal),
        "sha256": hashlib.sha256(made.data).hexdigest() if is_there else None,
        "document": filing.document,
        "fate": filing.fate,
        "encoding": filing.encoding,
        "dpi": filing.scan.dpi,
        "outcome": filing.outcome,
        "reason": filing.reason,
        "is_declared": filing.fate is not Fate.UNDECLARED,
        "is_handwritten": filing.is_handwritten,
        "signature_count": int(filing.fate is Fate.SIGNED),
        "copy_of": first if filing.fate is Fate.COPY else None,
        "rescan_of": first if filing.is_rescan else None,
        "pages": [] if filing.fate in _NEVER_ARRIVED else list(made.texts),
        "stamps": list(made.stamps),
        "fields": studio.documents[filing.document].fields(),
    }


def _manifest(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _truth_path(home: Path, delivery: Delivery) -> Path:
    return home / "demo" / "truth" / f"{delivery.folder}.json"


def _recipe(seed: int, fonts: Path, deliveries: tuple[Delivery, ...]) -> str:
    """Return a digest of all that decides the files: our code, the seed, the fonts' place."""
    room = Path(__file__).parent
    sources = [*room.glob("*.py"), *room.glob("*.txt"), *(room / "drawing").glob("*.py")]
    digest = hashlib.sha256(f"{seed}|{fonts}|{deliveries}".encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _stands(home: Path, record: Path, recipe: str) -> bool:
    if not record.exists():
        return False
    built = json.loads(record.read_text(encoding="utf-8"))
    return built["recipe"] == recipe and all(
        (home / name).exists() and hashlib.sha256((home / name).read_bytes()).hexdigest() == digest
        for name, digest in built["files"].items()
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
