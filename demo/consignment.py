"""What lies in the deliveries: every file, its line in the manifest, and the truth about it."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator

from demo import city
from demo.plan import Delivery, Fate, Filing, dossier_of, name_of
from demo.registers import registers_of
from demo.studio import Made, Studio

COLUMNS = ("agency_code", "bloc", "box_code", "dossier_code", "file_name", "declared_pages",
           "secrecy", "operator", "scanner")  # fmt: skip
Truth = dict[str, object]
_NEVER_READ = (Fate.MISSING, Fate.EMPTY)


def everything(studio: Studio, deliveries: tuple[Delivery, ...]) -> Iterator[tuple[str, bytes]]:
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
        yield truth_name(delivery), as_json(truth)
        yield from registers_of(studio, delivery)
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
    issuer = studio.documents[filing.document].head.agency_code
    keeper = city.agency(filing.received_by or issuer)
    return {
        "agency_code": keeper.agency_code,
        "bloc": keeper.bloc,
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
        "pages": [] if filing.fate in _NEVER_READ else list(made.texts),
        "stamps": list(made.stamps),
        "fields": studio.documents[filing.document].fields(),
    }


def _manifest(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def truth_name(delivery: Delivery) -> str:
    """Return where the truth about a delivery lies under the home: outside the delivery."""
    return f"demo/truth/{delivery.folder}.json"


def as_json(value: object) -> bytes:
    """Return ``value`` as readable JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
