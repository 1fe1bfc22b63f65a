"""``agencies.csv``, read strictly: it decides who may see what, so a doubtful line stops it."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.catalog.contract import COLUMNS, OPTIONAL, REQUIRED
from connectors.catalog.terms import faults_between, faults_of
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
    """Return the header; columns may stand in any order, but only the agreed ones."""
    header = [cell.strip() for cell in cells]
    always = [column for column in COLUMNS if column not in OPTIONAL]
    missing = [column for column in always if column not in header]
    unknown = sum(cell not in COLUMNS for cell in header)
    if missing or unknown or len(set(header)) != len(header):
        raise HeaderDiffers(
            f"{name} must start with a line naming {','.join(always)}, which may also name "
            f"{','.join(OPTIONAL)} and nothing else; "
            f"missing: {', '.join(missing) or 'none'}; not agreed: {unknown}"
        )
    return header


def _rows(lines: Iterator[list[str]], header: list[str]) -> tuple[list[Record], list[str]]:
    rows: list[Record] = []
    sound: dict[int, dict[str, Any]] = {}
    complaints: list[str] = []
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) != len(header):
            complaints.append(f"line {number}: {len(cells)} cells, not {len(header)}")
            continue
        row, faults = _row(dict(zip(header, cells, strict=True)))
        complaints += (f"line {number} {fault}" for fault in faults)
        if not faults:
            sound[number] = row
        rows.append(Record(str(row["agency_code"]), row))
    complaints += faults_between(sound)
    return rows, complaints


def _row(cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    faults = [f"{column}: missing" for column in REQUIRED if not cells[column]]
    for column, read in COLUMNS.items():
        if not cells.get(column):
            continue
        try:
            row[column] = read(cells[column])
        except ValueError as fault:
            faults.append(f"{column}: {fault}")
    return row | {"_extra": {}}, faults or list(faults_of(row))
