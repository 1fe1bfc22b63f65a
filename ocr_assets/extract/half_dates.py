"""A date of issue of which the day, or day and month, cannot be read: kept as far as it goes.

A blank day is common (the clerk never filled it in) and an unread one too; either way the date is
a month or a year, never the first of it.
"""

from collections.abc import Sequence

from ocr_assets.extract.date_line import DateLine, date_lines
from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.number import UNREAD, digits_of
from ocr_assets.extract.strips import Strip

_YEARS = range(1945, 2100)
_WEIGHT = {"month": 0.7, "year": 0.5}


def precision_of(value: str) -> str:
    """Return how much of an ISO date is given: ``day``, ``month`` or ``year``."""
    return {10: "day", 7: "month"}.get(len(value), "year")


def find_half_date(head: Head, others: Sequence[Strip]) -> Finding | None:
    """Return month or year of issue; ``others`` are strips of the signing page, a second choice.

    Never sure enough to be accepted: what a person can read of the pen is more than this.
    """
    lines = [*date_lines(head.strips), *date_lines(others)]
    found = [finding for line in lines if (finding := _finding(line)) is not None]
    return max(found, key=lambda finding: len(finding.value), default=None)


def _finding(line: DateLine) -> Finding | None:
    value = _as_far_as_read(line)
    if value is None:
        return None
    precision = precision_of(value)
    return Finding(
        value, (line.strip,), f"date:{precision}-only", _WEIGHT[precision], is_doubtful=True
    )


def _as_far_as_read(line: DateLine) -> str | None:
    if not line.year or int(line.year) not in _YEARS:
        return None
    month = digits_of(line.month)
    is_read = month and UNREAD not in month and month.isdigit() and 1 <= int(month) <= 12
    return f"{line.year}-{int(month):02d}" if is_read else line.year
