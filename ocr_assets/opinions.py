"""What a second reader thinks of words in doubt, and how much that counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocr_assets.alignment import fit
from ocr_assets.decoding import Candidate
from ocr_assets.placing import Placed
from ocr_assets.posteriors import Alphabet

_AGREED = 2.5  # log ratio added to a reading that the second reader shares


@dataclass(frozen=True, slots=True)
class Opinion:
    """A word as a second reader sees it, and where it begins and ends on the page."""

    text: str
    left: float
    right: float


def weigh(
    opinions: Sequence[Opinion],
    words: Sequence[Placed],
    candidates: list[list[Candidate]],
    alphabet: Alphabet,
) -> None:
    """Raise the candidates of a line that the second reader shares, and add those it brings.

    Its digits never count: it invents some where a hand wrote them.
    """
    for i, placed in enumerate(words):
        text = _opinion(opinions, placed)
        if placed.given or not text or _digits(text) != _digits(placed.word.text):
            continue
        known = next((c for c in candidates[i] if c.text == text), None)
        score = known.score if known else fit(placed.word, text, alphabet)
        rest = [c for c in candidates[i] if c.text != text]
        candidates[i] = [Candidate(text, score + _AGREED), *rest]


def _opinion(opinions: Sequence[Opinion], placed: Placed) -> str:
    left, _, right, _ = placed.box
    inside = [o.text for o in opinions if left <= (o.left + o.right) / 2 <= right]
    return " ".join(inside).replace("\u00d0", "\u0110")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
