"""What a delivered file is made of: sheets of numbered lines of cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: A cell as the file has it: text, a number, true or false, a day, a moment; None if empty.
Cell = Any
Line = tuple[int, list[Cell]]

HEAD = 60  # lines a header is looked for in


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One table of a file; its lines are read anew whenever they are asked for."""

    number: int
    name: str
    head: tuple[Line, ...]
    lines: Callable[[], Iterator[Line]]
    is_hidden: bool = False
    #: Merged areas: first and last line, first and last column, lines from 1 and columns from 0.
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A file that can be read: its sheets, and by which signs it was read."""

    sheets: tuple[Sheet, ...]
    how: dict[str, str]
    #: Turns text of the time before Unicode into Unicode; leaves all other text as it is.
    convert: Callable[[str], str] | None = None


def is_blank(cell: Cell) -> bool:
    """Say whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_sent(cell: Cell) -> Any:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return cell if json_holds(cell) else str(cell)


def json_holds(cell: Cell) -> bool:
    """Say whether JSON has this kind of value."""
    return cell is None or isinstance(cell, str | int | float | bool)


def letter(column: int) -> str:
    """Return the name a spreadsheet gives to a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the place of a column by its spreadsheet name."""
    place = 0
    for sign in name.upper():
        place = place * 26 + ord(sign) - 64
    return place - 1
