"""All documents as the search sees them: a few numbers each, so that a hundred thousand fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocr_assets.duplicates import looks, sketch
from ocr_assets.duplicates.looks import Looks
from ocr_assets.duplicates.sketch import Sketches

Places = NDArray[np.int64]


class Card(NamedTuple):
    """What the search needs of one document; it can be kept, and its text need not be read again.

    ``look`` is that of its first page with something on it; ``name`` its number and date as
    one word; ``number`` the digits of its number where they are sure.
    """

    document_id: str
    sketch: bytes | None
    look: str | None
    name: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cards as columns, in one order; words are numbered, 0 where there is none."""

    ids: tuple[str, ...]
    sketches: Sketches
    looks: Looks
    names: Places
    numbers: Places

    @classmethod
    def of(cls, cards: Iterable[Card]) -> "Shelf":
        """Return a shelf of these cards."""
        columns = list(zip(*cards, strict=True)) or [()] * len(Card._fields)
        ids, sketches, hashes, names, numbers = columns
        return cls(
            tuple(ids),
            sketch.stacked(list(sketches)),
            looks.stacked(hashes),
            _numbered(names),
            _numbered(numbers),
        )

    def similarities(self, pairs: Places) -> NDArray[np.float32]:
        """Return how much the texts of each pair (two places a row) have in common."""
        found = np.zeros(len(pairs), np.float32)
        for start in range(0, len(pairs), 1 << 15):
            part = slice(start, start + (1 << 15))
            one, other = pairs[part].T
            found[part] = sketch.similarity(self.sketches[one], self.sketches[other])
        return found

    def distances(self, pairs: Places) -> NDArray[np.float32]:
        """Return how far apart the looks of each pair are."""
        return looks.distances(self.looks[pairs[:, 0]], self.looks[pairs[:, 1]])


def _numbered(words: Iterable[str | None]) -> Places:
    known: dict[str | None, int] = {None: 0}
    return np.array([known.setdefault(word, len(known)) for word in words], np.int64)
