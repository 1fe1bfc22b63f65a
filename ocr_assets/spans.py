"""Where each character of a word begins and ends."""

from itertools import pairwise

from ocr_assets.placing import Placed
from ocr_assets.reading import Box


def spans(placed: Placed, text: str, left: float, box: Box) -> tuple[tuple[int, int], ...]:
    """Return left and right edges in pixels within ``box``, one pair a character of ``text``.

    They lie midway between the places where the recogniser was surest of two neighbours. Where it
    saw another number of characters than ``text`` has, each gets the same width. ``left`` is where
    the word begins on the straightened page.
    """
    found = placed.word.characters
    if len(found) == len(text):
        x = placed.word.line.x
        middles = [x((a.peak + b.peak + 1) / 2) - left + box.left for a, b in pairwise(found)]
    else:
        pace = box.width / max(1, len(text))
        middles = [box.left + pace * i for i in range(1, len(text))]
    inner = [min(max(round(middle), box.left), box.right) for middle in middles]
    return tuple(zip((box.left, *inner), (*inner, box.right), strict=True)) if text else ()
