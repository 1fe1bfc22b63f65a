"""What a second reader thinks of words in doubt, and how much that counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocr_assets.alignment import fit
from ocr_assets.decoding import Candidate
from ocr_assets.placing import Placed
from ocr_assets.posteriors import Alphabet

_AGREED = 2.5  # log ratio added to a reading that the second reader shares
_NEIGHBOURS = 1  # words read again on each side of one in doubt: a reader lives on context
_WHOLE = 0.6  # of a line: where more is in doubt, it is read whole


@dataclass(frozen=True, slots=True)
class Opinion:
    """A word as a second reader sees it, and where it begins and ends on the page."""

    text: str
    left: float
    right: float


def weigh(
    opinions: Sequence[Opinion],
    words: Sequence[Placed],
    candidates: Sequence[list[Candidate]],
    alphabet: Alphabet,
) -> list[list[Candidate]]:
    """Return the candidates, those that the second reader shares raised, and those it brings.

    Its digits never count: it invents some where a hand wrote them.
    """
    weighed = list(candidates)
    for i, placed in enumerate(words):
        text = _opinion(opinions, placed)
        if placed.given or not text or _digits(text) != _digits(placed.word.text):
            continue
        known = next((c for c in candidates[i] if c.text == text), None)
        score = known.score if known else fit(placed.word, text, alphabet)
        rest = [c for c in candidates[i] if c.text != text]
        weighed[i] = [Candidate(text, score + _AGREED), *rest]
    return weighed


def heard(opinions: Sequence[Opinion], words: Sequence[Placed]) -> list[str]:
    """Return what the second reader saw of each word; nothing, where it saw none."""
    return [_opinion(opinions, placed) for placed in words]


def _opinion(opinions: Sequence[Opinion], placed: Placed) -> str:
    left, _, right, _ = placed.box
    inside = [o.text for o in opinions if left <= (o.left + o.right) / 2 <= right]
    return " ".join(inside).replace("\u00d0", "\u0110")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def stretches(doubts: Sequence[bool], words: Sequence[Placed]) -> list[tuple[int, int]]:
    """Return the runs of words (first, end) worth another look: those in doubt, and neighbours.

    Reading costs by the width: a line with one word in doubt is not read whole again.
    """
    runs: list[tuple[int, int]] = []
    for i, doubt in enumerate(doubts):
        if doubt:
            first, end = max(0, i - _NEIGHBOURS), min(len(words), i + 1 + _NEIGHBOURS)
            if runs and first <= runs[-1][1]:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((first, end))
    asked = sum(words[end - 1].box[2] - words[first].box[0] for first, end in runs)
    if runs and asked > _WHOLE * (words[-1].box[2] - words[0].box[0]):
        return [(0, len(words))]
    return runs
