"""What the dates of a whole column tell that no single one does."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

FEWEST = 5  # cells; fewer say nothing
FEWEST_DATES = 10
MOSTLY = 0.8  # first days of a month among whole dates; by chance it would be a thirtieth
FILLED_UP = "most days are the first of a month"
EXCHANGED = "day and month may be exchanged"
_NO_DATES = {"not a date", "a part of a date that is no number"}
_WHOLE = len("2025-04-19")
_SURELY_A_DAY = 12


class DateSigns:
    """Counts over the dates of one table."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[tuple[str, str]] = Counter()

    def see(self, name: str, cell: Any, text: str | None, oddity: str | None) -> None:
        """Take note of a date: its cell, what it was read as, and why it could not be."""
        self._note(name, "given")
        if oddity in _NO_DATES:
            self._note(name, "no date")
        if text is None or len(text) != _WHOLE:
            return
        day = int(text[-2:])
        kind = "typed" if isinstance(cell, date) else "written"
        self._note(name, "whole")
        self._note(name, "first days", day == 1)
        self._note(name, f"{kind} late" if day > _SURELY_A_DAY else f"{kind} early")

    def _note(self, name: str, what: str, count: int = 1) -> None:
        self._counts[name, what] += count

    def shifted(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield columns of dates that hold none: header and cells do not belong together."""
        for name in names:
            given, none = (self._counts[name, what] for what in ("given", "no date"))
            if given >= FEWEST and none >= MOSTLY * given:
                yield name

    def doubts(self, names: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
        """Yield the column, what is doubtful about its dates, and how many are."""
        for name in names:
            whole, firsts = (self._counts[name, what] for what in ("whole", "first days"))
            if whole >= FEWEST_DATES and firsts >= MOSTLY * whole:
                yield name, FILLED_UP, firsts
            if self._is_exchanged(name):
                yield name, EXCHANGED, self._counts[name, "typed early"]

    def _is_exchanged(self, name: str) -> bool:
        """Say whether a spreadsheet took days for months wherever it could.

        An American one makes a date of 03/04/2025, the fourth of March, and leaves 19/04/2025 text.
        """
        typed, written = (self._counts[name, what] for what in ("typed early", "written late"))
        others = self._counts[name, "typed late"] + self._counts[name, "written early"]
        return min(typed, written) >= FEWEST and not others
