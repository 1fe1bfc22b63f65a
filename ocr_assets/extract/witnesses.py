"""What each reader saw where a value stands: the text of the first and of the second, apart.

The value's own text is what was chosen between them. Several words can be cut from one piece that
a reader saw whole; the piece is told once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ocr_assets.reading import Evidence, Word

NOT_ASKED = "…"  # this reader was not asked about the word
NOTHING = "∅"  # it was asked and saw nothing


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The text as each reader saw it; None where a reader was asked about none of the words."""

    first: str | None = None
    second: str | None = None


UNHEARD = Witnesses()  # what was not read word by word, or by a reader that says no more


def witnesses_of(words: Iterable[Word]) -> Witnesses:
    """Return what the readers saw of ``words``, in their order."""
    pieces = [piece for piece, _ in groupby(_piece(word) for word in words)]
    return Witnesses(
        _told([piece.first if piece else None for piece in pieces]),
        _told([piece.second if piece else None for piece in pieces]),
    )


def _piece(word: Word) -> Evidence | None:
    """Return the evidence of the piece a word was cut from: the same for all of its words."""
    return replace(word.evidence, characters=()) if word.evidence else None


def _told(seen: Sequence[str | None]) -> str | None:
    if all(text is None for text in seen):
        return None
    return " ".join(NOT_ASKED if text is None else text or NOTHING for text in seen)
