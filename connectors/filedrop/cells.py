"""What a column may hold, and what is doubtful about a cell that can be read all the same."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connectors.filedrop import partial_dates
from connectors.filedrop.old_codes import looks_old
from connectors.filedrop.sheet import Cell
from connectors.kinds import Unreadable, is_storable

EXACT_UP_TO = 10**15  # a spreadsheet keeps fifteen digits of a number
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_COUNTED = r"\s*(?:tờ|trang|văn bản|vb)?"
_COUNT = re.compile(r"([0-9]{1,9})(?:[.,](0+))?" + _COUNTED, re.IGNORECASE)
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]0+)?" + _COUNTED,
    re.IGNORECASE,
)
_MAYBE_A_GROUP = re.compile("[1-9][0-9]{0,2}")
MOST_COUNTED = 10**9


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """A cell as its column holds it, and what is doubtful about it."""

    value: Any
    doubt: str | None = None


def code(cell: Cell) -> Value:
    """Read an identifier; of one that was made a number the leading zeros are gone for good."""
    if isinstance(cell, str):
        text = _storable(cell.strip())
        return Value(text, "digits_lost" if _SCIENTIFIC.fullmatch(text) else _oldness(text))
    if isinstance(cell, date | datetime):
        raise Unreadable("a code that was turned into a date")
    if isinstance(cell, bool):
        raise Unreadable("true or false where a code belongs")
    if cell != int(cell):
        return Value(repr(cell), "code_with_a_fraction")
    return Value(str(int(cell)), "zeros_may_be_lost" if abs(cell) < EXACT_UP_TO else "digits_lost")


def words(cell: Cell) -> Value:
    """Read text; a number in it is written as it is shown."""
    if isinstance(cell, str):
        text = _storable(cell.strip())
        return Value(text, _oldness(text))
    if isinstance(cell, float) and cell == int(cell):
        return Value(str(int(cell)))
    return Value(str(cell))


def count(cell: Cell) -> Value:
    """Read a number of things, with or without what is counted."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != int(cell) or not 0 <= cell < MOST_COUNTED:
            raise Unreadable("not a count")
        return Value(int(cell))
    return Value(_counted(cell.strip() if isinstance(cell, str) else ""))


def _counted(text: str) -> int:
    """Return a count that is written out; 1.234 can only be thousands, for no part is counted.

    1.000 is a thousand in Vietnamese, and one where a program wrote three decimals.
    """
    if plain := _COUNT.fullmatch(text):
        number, noughts = plain.groups()
        if noughts == "000" and _MAYBE_A_GROUP.fullmatch(number):
            raise Unreadable("thousands or none: three noughts behind a point or comma")
        return int(number)
    grouped = _GROUPED.fullmatch(text)
    counted = int(re.sub("[.,]", "", grouped[1])) if grouped else MOST_COUNTED
    if counted >= MOST_COUNTED:
        raise Unreadable("not a count")
    return counted


def day(cell: Cell) -> Value:
    """Read a date to the precision it has."""
    return _dated(partial_dates.read(cell))


def list_code(cell: Cell) -> Value:
    """Read a code of the circular's lists, which have two digits; 1 can only be 01."""
    read = code(cell)
    text = str(read.value)
    if read.doubt == "zeros_may_be_lost" and len(text) == 1:
        return Value(text.zfill(2))
    return read


def _dated(text: str) -> Value:
    return Value(text, {4: "date_to_the_year", 7: "date_to_the_month"}.get(len(text)))


def date_of_parts(row: Mapping[str, Cell], name: str) -> Value | None:
    """Read the date called ``name`` from the three columns of its day, month and year."""
    parts = (row.get(f"{name}_{part}") for part in ("day", "month", "year"))
    text = partial_dates.composed(*parts)
    return None if text is None else _dated(text)


def _storable(text: str) -> str:
    if not is_storable(text):
        raise Unreadable("holds what a database cannot store")
    return text


def _oldness(text: str) -> str | None:
    return "old_codes" if looks_old(text) else None


KINDS: Mapping[str, Callable[[Cell], Value]] = {
    "code": code,
    "list_code": list_code,
    "words": words,
    "count": count,
    "date": day,
}
