"""Chosen words set as a line of the reading: tidy text, boxes on the upright raster."""

import unicodedata
from collections.abc import Iterator, Sequence

from ocr_assets.lattice import Choice
from ocr_assets.layout import Straightened
from ocr_assets.placing import Placed
from ocr_assets.reading import Box, Line, Word

_ENGINE = "trueocr"


def as_line(
    upright: Straightened, draft: Sequence[Placed], choices: Sequence[Choice]
) -> Line | None:
    """Return the line, or None where nothing readable was chosen."""
    words = [
        word
        for placed, choice in zip(draft, choices, strict=True)
        for word in _words(upright, placed, choice)
    ]
    if not words:
        return None
    box = Box(
        min(w.box.left for w in words),
        min(w.box.top for w in words),
        max(w.box.right for w in words),
        max(w.box.bottom for w in words),
    )
    confidence = sum(w.confidence for w in words) / len(words)
    return Line(tuple(words), box, confidence, _ENGINE)


def _words(upright: Straightened, placed: Placed, choice: Choice) -> Iterator[Word]:
    """Yield the words of a choice: one, or several where a space had been overlooked."""
    texts = [text for part in choice.text.split() if (text := tidy(part))]
    left, top, right, bottom = placed.box
    pace = (right - left) / max(1, len(" ".join(texts)))
    confidence = (
        placed.given.confidence if placed.given else choice.share * placed.word.certainty**0.5
    )
    at = left
    for text in texts:
        end = at + pace * len(text)
        yield Word(text, upright.box((at, top, end, bottom)), confidence)
        at = end + pace


def tidy(text: str) -> str:
    """Return ``text`` composed (NFC), with Vietnamese Đ and no control characters."""
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110")
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ")
