"""Runs of digits on a line, as people write numbers that stand for somebody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# One kind of separator in a run: a row of a table is no number.
_RUN = re.compile(r"(?<![\w/.,+-])(\+?\d+(?:([ .-])\d+(?:\2\d+)*)?)(?![\w/]|[.,]\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")
_FEWEST, _MOST = 8, 16


@dataclass(frozen=True, slots=True)
class Run:
    """Digits without their separators, and the letters of the line they take up."""

    digits: str
    written: str
    start: int
    end: int

    @property
    def is_amount(self) -> bool:
        """Return whether it is written as amounts of money are."""
        return _THOUSANDS.fullmatch(self.written) is not None

    @property
    def groups(self) -> tuple[int, ...]:
        """Return how many digits stand together."""
        return tuple(len(part) for part in re.split(r"\D+", self.written.lstrip("+")))


def runs_of(text: str) -> Iterator[Run]:
    """Yield the runs of eight to sixteen digits on a line, left to right."""
    for found in _RUN.finditer(text):
        yield from _whole_or_parts(found[1], found.start(1))


def _whole_or_parts(written: str, start: int) -> Iterator[Run]:
    """Yield a run, or, where blanks stand between numbers long enough, each number of it."""
    parts = written.split(" ")
    longest = max(len(part) for part in parts)
    if len(parts) > 1 and longest >= _FEWEST:
        for part in parts:
            yield from _bounded(part, start)
            start += len(part) + 1
    else:
        yield from _bounded(written, start)


def _bounded(written: str, start: int) -> Iterator[Run]:
    digits = re.sub(r"\D", "", written)
    if _FEWEST <= len(digits) <= _MOST:
        yield Run(digits, written, start, start + len(written))
