"""Lines that could be a header, one or two together, and what each of their cells may name."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from connectors.filedrop.sheet import Cell, Line, is_blank

LONGEST = 120  # characters; a longer text is no heading
WIDEST = 500  # columns looked at; comparing those of a hostile line takes hours
# "Người lập: ..." and a number of a person are values, wherever they stand.
_VALUE = re.compile("[:\uff1a]|[0-9]{6,}")
Convert = Callable[[str], str]
Place = tuple[int, int]  # which of the lines, and the column


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """What a column may be called, and the cells that say so."""

    text: str
    cells: tuple[Place, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """One line or two of a sheet: what their columns may be called, the surest first."""

    rows: tuple[int, ...]
    texts: tuple[tuple[str, ...], ...]
    names: Mapping[int, tuple[Name, ...]]

    def titles(self, called: Mapping[int, str], saying: Set[Place]) -> dict[int, str]:
        """Return what stands over each column, and nothing that could be about a person.

        Of a known column that is the name it was known by (``called``). Of two lines one may be
        none of the header: unless most of its cells are among those ``saying`` something known,
        its other cells are not repeated.
        """
        shown = self._of_a_header(saying)
        titles = {}
        for place, names in self.names.items():
            parts = names[0].cells
            own = " ".join(self.texts[line][at] for line, at in parts if line in shown)
            titles[place] = called.get(place) or _VALUE.split(own)[0].strip()
        return titles

    def _of_a_header(self, saying: Set[Place]) -> set[int]:
        """Return which of the lines name columns for certain."""
        if len(self.texts) == 1:
            return {0}
        known = Counter(line for line, _ in saying)
        filled = [sum(map(bool, texts)) for texts in self.texts]
        return {line for line, count in enumerate(filled) if known[line] * 2 > count}


def candidates(head: Sequence[Line], convert: Convert | None) -> Iterator[Candidate]:
    """Yield every line of a sheet's head as a header, and every pair of lines."""
    lines = [(n, tuple(_text(cell, convert) for cell in cells[:WIDEST])) for n, cells in head]
    for at, (number, texts) in enumerate(lines):
        alone = {place: (Name(text, ((0, place),)),) for place, text in enumerate(texts) if text}
        yield Candidate((number,), (texts,), alone)
        if at + 1 < len(lines):
            below, lower = lines[at + 1]
            yield Candidate((number, below), (texts, lower), _joined(texts, lower))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> dict[int, tuple[Name, ...]]:
    """Return names over two lines: a heading spread over several columns is heading to each."""
    names: dict[int, tuple[Name, ...]] = {}
    over, begins = "", 0
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        if above or not below:
            over, begins = above, place
        if below and over:
            both = Name(f"{over} {below}", ((0, begins), (1, place)))
            names[place] = (both, Name(below, ((1, place),)))
        elif above or below:
            line = 0 if above else 1
            names[place] = (Name(above or below, ((line, place),)),)
    return names


def _text(cell: Cell, convert: Convert | None) -> str:
    if is_blank(cell):
        return ""
    text = " ".join(str(cell)[:LONGEST].split())
    return convert(text) if convert else text
