"""How urgent a document says it is: a stamp in a frame, or a line of the head."""

import re
from collections.abc import Sequence

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.field import Field, Finding
from ocr_assets.extract.letters import is_upper
from ocr_assets.extract.strips import Strip
from ocr_assets.reading import PageReading
from ocr_assets.urgency import degree_among, degree_of

_ZONE = 0.55  # of the page's height: stamps stand under the number or above the title
_FORM_LINE = re.compile(r"^\W*(?:MUC\s*)?DO\s*KHAN\s*[:.]\s*(?P<degree>.+)$")
_IN_A_FRAME = 0.93  # what a reader makes of a frame alone, on a page of its own


def urgency_of(readings: Sequence[PageReading], strips: Sequence[Strip]) -> Field | Finding | None:
    """Return the degree on the first page: in print where it is read, else in a frame."""
    printed = _printed(strips)
    return printed if printed is not None else _framed(readings)


def _printed(strips: Sequence[Strip]) -> Finding | None:
    for strip in strips:
        form = _FORM_LINE.match(strip.plain)
        if form:
            degree = degree_of(strip.text[slice(*form.span("degree"))])
        elif is_upper(strip.text) and strip.top < _ZONE and len(strip.words) <= 5:
            degree = degree_of(strip.text)
        else:
            continue
        if degree is not None:
            trust = weakest(strip.words)
            return Finding(degree, (strip,), "urgency:line", 0.97, trust)
    return None


def _framed(readings: Sequence[PageReading]) -> Field | None:
    for reading in readings[:1]:
        for text, box in zip(reading.stamps, reading.stamp_boxes, strict=False):
            degree = degree_among(text.split("\n"))
            if degree is not None:
                return Field(
                    name="urgency",
                    value=degree,
                    text_as_read=" ".join(text.split()),
                    page=reading.page,
                    box=box.as_fractions(reading.width, reading.height),
                    method="urgency:frame",
                    confidence=_IN_A_FRAME,
                    accepted=True,
                )
    return None
