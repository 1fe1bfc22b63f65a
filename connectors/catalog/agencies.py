"""``agencies.csv``, read strictly: it decides who may see what, so a doubtful line stops it."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.catalog.contract import COLUMNS, REQUIRED
from connectors.errors import ContractBroken
from connectors.record import Record

MOST_BYTES = 16 * 1024 * 1024
MOST_COMPLAINTS = 20


class HeaderDiffers(ContractBroken):
    """The first line of the file does not name the agreed columns."""


@dataclass(frozen=True, slots=True, repr=False)
class AgencyCatalog:
    """The rows of one version of the file; ``digest`` names the version and is its batch."""

    digest: str
    rows: tuple[Record, ...]


def read_agencies(path: Path) -> AgencyCatalog:
    """Read ``agencies.csv`` into rows for ``raw.catalog__agencies``.

    Raises:
        HeaderDiffers: columns are missing, unknown or doubled.
        ContractBroken: the file is absent, too large or not UTF-8, or lines cannot be read; the
            message names lines and columns, never what stands in them.
    """
    content = _content(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContractBroken(f"{path.name} is not UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows, complaints = _rows(reader, _header(next(reader, []), path.name))
    except csv.Error:
        raise ContractBroken(f"{path.name} line {reader.line_num}: broken quoting") from None
    if complaints:
        shown = "; ".join(complaints[:MOST_COMPLAINTS])
        raise ContractBroken(f"{path.name} has {len(complaints)} faults to correct: {shown}")
    return AgencyCatalog(hashlib.sha256(content).hexdigest(), tuple(rows))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ContractBroken(f"{path.name} cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        raise ContractBroken(f"{path.name} is larger than {MOST_BYTES} bytes")
    if b"\0" in content:
        raise ContractBroken(f"{path.name} is not UTF-8 text; save it as CSV UTF-8")
    return content


def _header(cells: Sequence[str], name: str) -> list[str]:
    """Return the header; columns may stand in any order, but exactly the agreed ones."""
    header = [cell.strip() for cell in cells]
    missing = [column for column in COLUMNS if column not in header]
    unknown = sum(cell not in COLUMNS for cell in header)
    if missing or unknown or len(set(header)) != len(header):
        raise HeaderDiffers(
            f"{name} must start with a line naming exactly {','.join(COLUMNS)}; "
            f"missing: {', '.join(missing) or 'none'}; not agreed: {unknown}"
        )
    return header


def _rows(lines: Iterator[list[str]], header: list[str]) -> tuple[list[Record], list[str]]:
    rows: list[Record] = []
    complaints: list[str] = []
    seen: set[tuple[Any, Any]] = set()
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) != len(header):
            complaints.append(f"line {number}: {len(cells)} cells, not {len(header)}")
            continue
        row, faults = _row(dict(zip(header, cells, strict=True)))
        identity = (row["agency_code"], row["valid_from"])
        if identity in seen:
            faults.append("agency_code: stands twice with the same valid_from")
        seen.add(identity)
        complaints += (f"line {number} {fault}" for fault in faults)
        rows.append(Record(str(row["agency_code"]), row))
    return rows, complaints


def _row(cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    faults = [f"{column}: missing" for column in REQUIRED if not cells[column]]
    for column, read in COLUMNS.items():
        if not cells[column]:
            continue
        try:
            row[column] = read(cells[column])
        except ValueError as fault:
            faults.append(f"{column}: {fault}")
    return row | {"_extra": {}}, faults
