"""Whether two texts of one form say the same: words in place of others, not letters misread.

A name typed into a form replaces whole words and digits; a bad scan spoils letters in words.
"""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 4000  # words: a form says who it is about long before
_MISREAD = 50  # of 100: words less alike than this are other words
_FEW = 3  # replaced words that a bad scan alone brings
_MANY = 6  # and that it hardly ever brings, where another person is named


@dataclass(frozen=True, slots=True)
class Wording:
    """How many words of two texts were held against each other, and how many are others."""

    compared: int
    replaced: int

    @property
    def is_near(self) -> bool:
        """Say whether the differences may all come from bad reading."""
        return self.replaced < max(_FEW, self.compared * 0.01)

    @property
    def is_other(self) -> bool:
        """Say whether something else was written: a name, a birthday, an address."""
        return self.replaced >= _MANY


def compare(first: str, second: str) -> Wording | None:
    """Return how two texts differ word by word; None where one has no words."""
    one, other = _words(first), _words(second)
    if not one or not other:
        return None
    replaced = sum(
        _others(one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(one, other)
        if step.tag == "replace"
    )
    return Wording(min(len(one), len(other)), replaced)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore")
    return _WORD.findall(plain.decode())[:_LONGEST]


def _others(one: list[str], other: list[str]) -> int:
    """Return how many words stand for other words; words joined or split by reading do not."""
    if fuzz.ratio("".join(one), "".join(other)) >= _MISREAD:
        return 0
    return max(len(one), len(other))
