"""Workbooks (.xlsx, .xls): looked at before they are opened, and read in a process of their own."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from connectors.filedrop.deaths import died
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.sheet import HEAD, Cell, Line, Opened, Sheet
from connectors.zip_parts import lists_too_much

READER = Path(__file__).with_name("workbook_process.py")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MOST_UNPACKED = 1024**3
WORKBOOK_PART, MACRO_PART = "xl/workbook.xml", "xl/vbaProject.bin"
# In an OLE file names of its streams stand as UTF-16.
ENCRYPTED, MACROS, BOOKS = (
    tuple(name.encode("utf-16-le") for name in names)
    for names in (("EncryptedPackage",), ("_VBA_PROJECT",), ("Workbook", "Book"))
)


DIRECTORY_REACH = 8 * 1024**2


def open_package(path: Path) -> Opened:
    """Open an .xlsx file.

    Raises:
        FileRefused: it is damaged, has macros, is no workbook or unpacks to too much.
    """
    try:
        with path.open("rb") as file:
            if lists_too_much(file):
                raise FileRefused(Refusal.EXPANDS)
        with zipfile.ZipFile(path) as package:
            parts = {part.filename: part.file_size for part in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused(Refusal.DAMAGED) from None
    if MACRO_PART in parts:
        raise FileRefused(Refusal.MACROS)
    if WORKBOOK_PART not in parts:
        raise FileRefused(Refusal.FORMAT_UNKNOWN)
    if sum(parts.values()) > MOST_UNPACKED:
        raise FileRefused(Refusal.EXPANDS)
    return _opened(path, "xlsx")


def open_old(path: Path) -> Opened:
    """Open an .xls file; the same container holds an encrypted .xlsx and Word documents too."""
    with path.open("rb") as file:
        seen = file.read(DIRECTORY_REACH)
        file.seek(max(0, path.stat().st_size - DIRECTORY_REACH))
        seen += file.read(DIRECTORY_REACH)
    if any(name in seen for name in ENCRYPTED):
        raise FileRefused(Refusal.PASSWORD)
    if any(name in seen for name in MACROS):
        raise FileRefused(Refusal.MACROS)
    if not any(name in seen for name in BOOKS):
        # The list of streams is where a file that was cut off ends.
        raise FileRefused(Refusal.DAMAGED)
    return _opened(path, "xls")


def _opened(path: Path, kind: str) -> Opened:
    found: list[tuple[dict[str, Any], list[Line]]] = []
    for said in _told(path, -1):
        if isinstance(said, dict):
            found.append((said, []))
        else:
            found[-1][1].append(said)
    sheets = (
        Sheet(
            number=about["sheet"] + 1,
            name=about["name"],
            is_hidden=about["hidden"],
            head=tuple(head),
            lines=partial(_lines, path, about["sheet"]),
            merged=tuple((a, b, c, d) for a, b, c, d in about["merged"]),
        )
        for about, head in found
    )
    return Opened(tuple(sheets), {"format": kind})


def _lines(path: Path, sheet: int) -> Iterator[Line]:
    for said in _told(path, sheet):
        if not isinstance(said, dict):
            yield said


def _told(path: Path, sheet: int) -> Iterator[Any]:
    """Yield what the reading process says: sheets as mappings, lines as pairs."""
    command = [sys.executable, "-I", str(READER), str(path), str(sheet), str(HEAD)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        assert reader.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            for line in reader.stdout:
                try:
                    said = json.loads(line, object_hook=_cell)
                except json.JSONDecodeError:
                    break  # it died in the middle of a line
                if isinstance(said, dict) and "refused" in said:
                    raise FileRefused(Refusal(said["refused"]))
                if isinstance(said, dict) and "end" in said:
                    return
                yield said if isinstance(said, dict) else (said[0], said[1])
            raise died(reader)
        finally:
            reader.kill()


def _cell(said: dict[str, Any]) -> Cell:
    if set(said) != {"at"}:
        return said
    moment = str(said["at"])
    return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
