"""Dates as people write them: read to the precision they have, and never filled up.

A date is ISO text as long as it is known: ``2025-04-19``, ``2025-04``, ``2025``.
"""

import re
from datetime import date, datetime
from typing import Any

from connectors.filedrop.sheet import is_blank
from connectors.kinds import Unreadable

YEARS = range(1000, 3000)
LONGEST = 100  # characters; on long runs of blanks and dots the expressions would not end
_GAP = r"(?:0{1,2}|[.…_?xX\s]*)"  # what stands where a day or a month is not known
_SEP = r"\s*[/.\-]\s*"
_DAY = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})", re.ASCII)
_MONTH = re.compile(rf"(?:{_GAP}{_SEP})?(\d{{1,2}}){_SEP}(\d{{4}})", re.ASCII)
_YEAR = re.compile(rf"(?:{_GAP}{_SEP}{_GAP}{_SEP})?(?:năm\s+)?(\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]00:00(?::00)?)?)?", re.ASCII)
_WORDS = re.compile(r"(?:ngày\s*(\d{1,2})\s*)?tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(rf"\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d{{2}}", re.ASCII)
_SPAN = re.compile(r"\s*(?:đến|tới|[–—]|\s-\s|(?<=\d{4})-(?=\d))\s*")


def read(cell: Any) -> str:
    """Read a date from one cell.

    Raises:
        Unreadable: it is none, or could be more than one.
    """
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool) or not isinstance(cell, str):
        if isinstance(cell, int | float) and cell == int(cell) and int(cell) in YEARS:
            return _dated(int(cell))
        raise Unreadable("a number without the form of a date")
    return _written(cell.strip().lower())


def _written(text: str) -> str:
    if len(text) > LONGEST:
        raise Unreadable("not a date")
    if found := _ISO.fullmatch(text):
        return _dated(*(int(part) for part in found.groups() if part))
    for form in (_DAY, _WORDS):
        if found := form.fullmatch(text):
            day, month, year = (int(part or 0) for part in found.groups())
            return _dated(year, month, day)
    if found := _MONTH.fullmatch(text):
        return _dated(int(found[2]), int(found[1]))
    if found := _YEAR.fullmatch(text):
        return _dated(int(found[1]))
    if _SHORT_YEAR.fullmatch(text):
        raise Unreadable("a year without its century")
    raise Unreadable("not a date")


def _dated(year: int, month: int = 0, day: int = 0) -> str:
    """Return what is known as ISO text; a zero is an unknown month or day."""
    if year not in YEARS:
        raise Unreadable("no such year")
    if not month:
        return f"{year:04}"
    if not 1 <= month <= 12:
        swapped = day and 1 <= day <= 12 and month <= 31
        raise Unreadable("day and month may be exchanged" if swapped else "no such month")
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unreadable("no such day") from None


def composed(day: Any, month: Any, year: Any) -> str | None:
    """Read a date from three cells; without a day it is a month, without a month a year."""
    if is_blank(year):
        if is_blank(day) and is_blank(month):
            return None
        raise Unreadable("the year is missing")
    known = [0 if is_blank(part) else _small(part) for part in (year, month, day)]
    if known[2] and not known[1]:
        raise Unreadable("the month is missing")
    return _dated(*known)


def _small(cell: Any) -> int:
    """Read a part of a date, a number or its digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        return int(cell)
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,4}", cell.strip()):
        return int(cell)
    raise Unreadable("a part of a date that is no number")


def span(cell: Any) -> tuple[str, str]:
    """Read two dates from one cell, first and last; one alone is both."""
    is_short = isinstance(cell, str) and len(cell.strip()) <= LONGEST
    if is_short and not _ISO.fullmatch(cell.strip()):
        ends = [end for end in _SPAN.split(cell.strip().lower()) if end]
        if len(ends) == 2:
            return _written(ends[0].removeprefix("từ").strip()), _written(ends[1].strip())
    one = read(cell)
    return one, one
