"""The list that comes with a delivery: which file is whose, in which box, and how secret.

Columns are known by their names, in any order. Some may be left out: who scanned for the agency
(``vendor``), and how many documents a file is a stack of (``declared_documents``).
"""

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from ocr_assets.refusal import ManifestInvalid
from ocr_assets.secrecy import DEGREES

__all__ = ["COLUMNS", "FILE", "OPTIONAL", "ManifestInvalid", "ManifestRow", "read_manifest"]

FILE = "manifest.csv"
_BLOCS = frozenset({"party", "government", "mass_organisation"})
_SECRECY = DEGREES | {"", "thuong"}
_COUNTS = ("declared_pages", "declared_documents")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the delivering office declares about one file."""

    agency_code: str
    bloc: str
    box_code: str
    dossier_code: str
    file_name: str
    declared_pages: int | None
    secrecy: str
    operator: str
    scanner: str
    vendor: str = ""
    declared_documents: int | None = None

    def declared(self) -> dict[str, Any]:
        """Return everything but the name."""
        return {name: value for name, value in asdict(self).items() if name != "file_name"}


COLUMNS = tuple(column.name for column in fields(ManifestRow) if column.default is MISSING)
OPTIONAL = tuple(column.name for column in fields(ManifestRow) if column.default is not MISSING)


def read_manifest(path: Path) -> tuple[ManifestRow, ...]:
    """Return the rows of a manifest (UTF-8, with or without byte order mark), in their order.

    Raises:
        ManifestInvalid: naming what is wrong and in which line, never the values.
    """
    try:
        return rows_of(path.read_bytes())
    except OSError as error:
        raise ManifestInvalid(f"{FILE} cannot be read") from error


def rows_of(data: bytes) -> tuple[ManifestRow, ...]:
    """Return the rows of a manifest's bytes; as ``read_manifest`` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ManifestInvalid(f"{FILE} is not UTF-8; save it as UTF-8") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(next(lines, []))
        rows = tuple(_row(header, cells, lines.line_num) for cells in lines if cells)
    except csv.Error as error:
        raise ManifestInvalid(
            f"{FILE}, line {lines.line_num}: not a comma-separated line"
        ) from error
    _require_unique(rows)
    return rows


def _header(cells: list[str]) -> tuple[str, ...]:
    """Return the columns as they stand; nothing of an unknown header is quoted: it may be data."""
    found = tuple(cell.strip() for cell in cells)
    missing = [column for column in COLUMNS if column not in found]
    told = f"missing: {', '.join(missing)}" if missing else ""
    if set(found) - {*COLUMNS, *OPTIONAL}:
        told = told or "one is unknown"
    elif len(set(found)) < len(found):
        told = told or "one stands there twice"
    if told:
        raise ManifestInvalid(
            f"{FILE}: columns must be {','.join(COLUMNS)}, in any order, and may be"
            f" {','.join(OPTIONAL)} ({told})"
        )
    return found


def _row(header: tuple[str, ...], cells: list[str], line: int) -> ManifestRow:
    if len(cells) != len(header):
        raise ManifestInvalid(f"{FILE}, line {line}: {len(cells)} cells, not {len(header)}")
    told = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    for name, cell in told.items():
        # A control character is somebody's mistake, and the database takes no NUL.
        _require(cell.isprintable(), f"{name} holds a character that cannot be printed", line)
    _require(told["agency_code"] != "", "agency_code is empty", line)
    _require(told["bloc"] in _BLOCS, f"bloc is none of {', '.join(sorted(_BLOCS))}", line)
    _require(told["secrecy"] in _SECRECY, "secrecy is no known degree", line)
    _require(_is_plain(told["file_name"]), "file_name leads out of the delivery", line)
    counts = {name: _count(told, name, line) for name in _COUNTS}
    told["file_name"] = unicodedata.normalize("NFC", str(PurePosixPath(told["file_name"])))
    return ManifestRow(**{**told, **counts})  # type: ignore[arg-type]


def _count(told: Mapping[str, str], name: str, line: int) -> int | None:
    """Return a number of pages or documents, or None where none is told."""
    given = told.get(name, "")
    is_count = given.isascii() and given.isdecimal() and 0 < len(given) < 8 and int(given) > 0
    _require(given == "" or is_count, name, line)
    return int(given) if given else None


def _require(holds: bool, complaint: str, line: int) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise ManifestInvalid(f"{FILE}, line {line}: {complaint}")


def _is_plain(name: str) -> bool:
    """Return whether ``name`` can only mean a file inside the delivery."""
    path = PurePosixPath(name)
    strange = any(letter in name for letter in "\\:\0") or not name.isprintable()
    return bool(name) and not strange and not path.is_absolute() and ".." not in path.parts


def _require_unique(rows: tuple[ManifestRow, ...]) -> None:
    names = [row.file_name for row in rows]
    twice = len(names) - len(set(names))
    if twice:
        raise ManifestInvalid(f"{FILE}: {twice} file name(s) are listed more than once")
