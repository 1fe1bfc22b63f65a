"""One delivered file as a register: opened, its headers found, its tables ready to be landed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.filedrop import heading as headings
from connectors.filedrop.candidates import Convert
from connectors.filedrop.delimited import OLD_CODES, open_delimited
from connectors.filedrop.facts import bears_degree
from connectors.filedrop.forms import forms
from connectors.filedrop.heading import Heading
from connectors.filedrop.mapping import Declared, Mappings
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.sheet import Line, Opened, Sheet
from connectors.filedrop.table import Table
from connectors.filedrop.workbook import OLE, open_old, open_package

MOST_BYTES = 256 * 1024**2
CHUNK = 1 << 20
_PAGES = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"mime-version")


@dataclass(frozen=True, slots=True, repr=False)
class Register:
    """What a file was read as: its tables, and its sheets that are none."""

    how: dict[str, str]
    tables: tuple[Table, ...]
    hidden_sheets: int
    unread_sheets: tuple[int, ...]

    def rows(self, form: str) -> Iterator[Any]:
        """Yield the rows of every table of a form."""
        for table in self.of(form):
            yield from table

    def dead_letters(self, form: str) -> Iterator[Any]:
        """Yield what those tables set aside; after their rows."""
        for table in self.of(form):
            yield from table.dead_letters()

    def of(self, form: str) -> tuple[Table, ...]:
        """Return the tables of a form."""
        return tuple(table for table in self.tables if table.heading.form.name == form)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            found.update(piece)
    return found.hexdigest()


def read_register(path: Path, agency: str, mappings: Mappings) -> Register:
    """Read a delivered file; its lines are read when its tables are iterated.

    Raises:
        FileRefused: it cannot be taken; says why and what its sender can do.
    """
    declared = {name: mappings.of(agency, name) for name in forms()}
    opened = _opened(path, declared)
    tables, unread = [], []
    for sheet in opened.sheets:
        found = _headed(sheet, declared, opened)
        _refuse_a_stamped(sheet, found)
        table = Table(sheet, found[0], agency, found[1]) if found else None
        if table and sheet.is_hidden:
            refuse_secrets(table)
        elif table:
            tables.append(table)
        elif sheet.head and not sheet.is_hidden:
            unread.append(sheet.number)
    if not tables:
        raise FileRefused(Refusal.HEADER_NOT_FOUND if unread else Refusal.EMPTY)
    hidden = sum(sheet.is_hidden for sheet in opened.sheets)
    return Register(opened.how, tuple(tables), hidden, tuple(unread))


def _refuse_a_stamped(sheet: Sheet, found: tuple[Heading, Convert | None] | None) -> None:
    """Return if no cell above the header, or of a sheet without one, bears a degree of secrecy."""
    heading, convert = found or (None, None)
    for number, cells in sheet.head:
        if heading and number >= heading.header_rows[0]:
            return
        texts = (cell for cell in cells if isinstance(cell, str))
        if any(bears_degree(convert(text) if convert else text) for text in texts):
            raise FileRefused(Refusal.STATE_SECRET, f"row {number}")


def refuse_secrets(table: Table) -> None:
    """Look through a table of which nothing lands now, only for state secrets.

    Raises:
        FileRefused: there is one, or it cannot be read to its end.
    """
    try:
        for _ in table:
            pass
    except FileRefused as refused:
        if refused.refusal is not Refusal.COLUMNS_SHIFTED:
            raise


def _opened(path: Path, declared: dict[str, Declared]) -> Opened:
    """Open a file by what its bytes are, whatever its name says."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(4096)
    except OSError:
        raise FileRefused(Refusal.UNREADABLE) from None
    if not first.strip(b"\xef\xbb\xbf \r\n\t"):
        raise FileRefused(Refusal.EMPTY)
    if size > MOST_BYTES:
        raise FileRefused(Refusal.TOO_LARGE)
    if first.startswith(b"PK"):
        return open_package(path)
    if first.startswith(OLE):
        return open_old(path)
    if first.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise FileRefused(Refusal.HTML_INSIDE)
    return open_delimited(path, lambda head, convert: headings.find(head, declared, convert))


def _headed(
    sheet: Sheet, declared: dict[str, Declared], opened: Opened
) -> tuple[Heading, Convert | None] | None:
    """Return a sheet's header; letters of a workbook may be in old codes, too."""
    if opened.how["format"] == "csv":
        found = headings.find(sheet.head, declared, opened.convert)
        return (found, opened.convert) if found else None
    best = _best(sheet.head, declared)
    if best and best[2]:
        opened.how[f"letters of sheet {sheet.number}"] = best[2]
    return best[:2] if best else None


def _best(
    head: Sequence[Line], declared: dict[str, Declared]
) -> tuple[Heading, Convert | None, str] | None:
    possible: list[tuple[str, Convert | None]] = [("", None), *OLD_CODES.items()]
    found = [
        (heading, convert, name)
        for name, convert in possible
        if (heading := headings.find(head, declared, convert))
    ]
    return max(found, key=lambda one: (one[0].marked, one[0].rank, not one[2]), default=None)
