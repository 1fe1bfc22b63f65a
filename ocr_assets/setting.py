"""Chosen words set as a line of the reading: tidy text, boxes on the upright raster."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocr_assets.lattice import Choice
from ocr_assets.layout import Straightened
from ocr_assets.placing import Placed
from ocr_assets.reading import Box, Decider, Evidence, Line, Word
from ocr_assets.spans import spans

_ENGINE = "trueocr"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a further reader saw of each word it was asked about, and what was chosen before."""

    opinions: Sequence[str | None]
    before: Sequence[Choice]

    def after(self, earlier: "Hearing | None") -> "Hearing":
        """Return what was heard in all, this reader's word first; nothing was chosen between."""
        if earlier is None:
            return self
        pairs = zip(self.opinions, earlier.opinions, strict=True)
        said = [last if last is not None else first for last, first in pairs]
        return Hearing(said, earlier.before)


def as_line(
    upright: Straightened,
    draft: Sequence[Placed],
    choices: Sequence[Choice],
    hearing: Hearing | None = None,
) -> Line | None:
    """Return the line, or None where nothing readable was chosen."""
    words = [
        word
        for i, (placed, choice) in enumerate(zip(draft, choices, strict=True))
        for word in _words(upright, placed, choice, _evidence(placed, choice, hearing, i))
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


def _evidence(placed: Placed, choice: Choice, hearing: Hearing | None, at: int) -> Evidence:
    said = hearing.opinions[at] if hearing is not None else None
    decider = Decider.FIRST if choice.text == placed.word.text else Decider.LANGUAGE
    if placed.given:
        decider = Decider.DIGITS
    elif hearing is not None and said is not None and choice.text != hearing.before[at].text:
        decider = Decider.SECOND
    second = tidy(said) if said is not None else None
    return Evidence(tidy(placed.word.text), placed.word.certainty, decider, second)


def _words(
    upright: Straightened, placed: Placed, choice: Choice, evidence: Evidence
) -> Iterator[Word]:
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
        box = upright.box((at, top, end, bottom))
        edges = spans(placed, text, at, box)
        yield Word(text, box, confidence, replace(evidence, characters=edges))
        at = end + pace


def tidy(text: str) -> str:
    """Return ``text`` composed (NFC), with Vietnamese Đ and no control characters."""
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110")
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ")
