"""The list that comes with a delivery: which file is whose, in which box, and how secret."""

import csv
import io
import unicodedata
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from ocr_assets.errors import DigitizationError
from ocr_assets.secrecy import DEGREES

FILE = "manifest.csv"
_BLOCS = frozenset({"party", "government", "mass_organisation"})
_SECRECY = DEGREES | {"", "thuong"}


class ManifestInvalid(DigitizationError):
    """The manifest cannot be trusted; whoever delivered must correct it and deliver again."""


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

    def declared(self) -> dict[str, Any]:
        """Return everything but the name."""
        return {name: value for name, value in asdict(self).items() if name != "file_name"}


COLUMNS = tuple(column.name for column in fields(ManifestRow))


def read_manifest(path: Path) -> tuple[ManifestRow, ...]:
    """Return the rows of a manifest (UTF-8, with or without byte order mark), in their order.

    Raises:
        ManifestInvalid: naming what is wrong and in which line, never the values.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ManifestInvalid(f"{FILE} is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ManifestInvalid(f"{FILE} cannot be read") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        _require_header(next(lines, []))
        rows = tuple(_row(cells, lines.line_num) for cells in lines if cells)
    except csv.Error as error:
        raise ManifestInvalid(
            f"{FILE}, line {lines.line_num}: not a comma-separated line"
        ) from error
    _require_unique(rows)
    return rows


def _require_header(header: list[str]) -> None:
    found = tuple(cell.strip() for cell in header)
    if found == COLUMNS:
        return
    missing = [column for column in COLUMNS if column not in found]
    told = f"missing: {', '.join(missing)}" if missing else "the order differs or one is unknown"
    raise ManifestInvalid(f"{FILE}: columns must be {','.join(COLUMNS)} ({told})")


def _row(cells: list[str], line: int) -> ManifestRow:
    if len(cells) != len(COLUMNS):
        raise ManifestInvalid(f"{FILE}, line {line}: {len(cells)} cells, not {len(COLUMNS)}")
    told = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    _require(told["agency_code"] != "", "agency_code is empty", line)
    _require(told["bloc"] in _BLOCS, f"bloc is none of {', '.join(sorted(_BLOCS))}", line)
    _require(told["secrecy"] in _SECRECY, "secrecy is no known degree", line)
    _require(_is_plain(told["file_name"]), "file_name leads out of the delivery", line)
    pages = told.pop("declared_pages")
    _require(pages == "" or (pages.isdecimal() and int(pages) > 0), "declared_pages", line)
    told["file_name"] = unicodedata.normalize("NFC", told["file_name"])
    return ManifestRow(declared_pages=int(pages) if pages else None, **told)


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
