"""The invisible text of a page, as OCRmyPDF's renderer wants it."""

from collections.abc import Iterable, Sequence

from ocrmypdf.models.ocr_element import Baseline, BoundingBox, OcrClass, OcrElement

from ocr_assets.reading import Box, PageReading, Word

# left, top, right, bottom as fractions of the page as displayed
Rectangle = tuple[float, float, float, float]

_LEAST_WIDTH = 0.1  # of a word's height for each character; the renderer wants .055 and more
_LEVEL = 0.005  # slopes smaller than this are level; OCRmyPDF thinks so too


def without(reading: PageReading, visible: Iterable[Rectangle]) -> list[list[Word]]:
    """Return the words of each line that do not stand on text the page shows itself."""
    areas = [_turned(area, reading.rotation) for area in visible]
    kept = []
    for line in reading.lines:
        words = [word for word in line.words if not _covered(word.box, reading, areas)]
        if words:
            kept.append(words)
    return kept


def _turned(area: Rectangle, rotation: int) -> Rectangle:
    """Return ``area`` on the page after a clockwise turn by ``rotation``."""
    left, top, right, bottom = area
    if rotation == 90:
        return (1 - bottom, left, 1 - top, right)
    if rotation == 180:
        return (1 - right, 1 - bottom, 1 - left, 1 - top)
    if rotation == 270:
        return (top, 1 - right, bottom, 1 - left)
    return area


def _covered(box: Box, reading: PageReading, areas: Sequence[Rectangle]) -> bool:
    x = (box.left + box.right) / 2 / reading.width
    y = (box.top + box.bottom) / 2 / reading.height
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in areas)


def layer_text(lines: Sequence[Sequence[Word]]) -> str:
    """Return the text of the layer, a line each."""
    return "\n".join(" ".join(word.text for word in line) for line in lines)


def as_tree(reading: PageReading, lines: Sequence[Sequence[Word]]) -> OcrElement:
    """Return ``lines`` of a page as OCRmyPDF's tree."""
    return OcrElement(
        ocr_class=OcrClass.PAGE,
        bbox=BoundingBox(0, 0, reading.width, reading.height),
        dpi=reading.dpi,
        page_number=reading.page - 1,
        children=[_line(words) for words in lines],
    )


def _line(words: Sequence[Word]) -> OcrElement:
    boxes = [_wide_enough(word) for word in words]
    return OcrElement(
        ocr_class=OcrClass.LINE,
        bbox=BoundingBox(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        ),
        baseline=_baseline(words),
        language="vie",
        children=[
            OcrElement(
                ocr_class=OcrClass.WORD, bbox=box, text=word.text, confidence=word.confidence
            )
            for word, box in zip(words, boxes, strict=True)
        ],
    )


def _wide_enough(word: Word) -> BoundingBox:
    """Return a word's box, wide enough for the renderer, which leaves slim lines out as misread.

    What cleaning leaves of a seal can be a pixel wide and is read as a letter: the word would be in
    the reading and not in the copy.
    """
    box = word.box
    least = _LEAST_WIDTH * box.height * len(word.text)
    return BoundingBox(box.left, box.top, max(box.right, box.left + least), box.bottom)


def _baseline(words: Sequence[Word]) -> Baseline | None:
    """Return the slope of a tilted line, or None where OCRmyPDF's guess is as good."""
    first, last = words[0].box, words[-1].box
    run = (last.left + last.right - first.left - first.right) / 2
    rise = (last.top + last.bottom - first.top - first.bottom) / 2
    if run <= 0 or abs(rise / run) < _LEVEL:
        return None
    bottom = max(w.box.bottom for w in words)
    descent = 0.2 * max(w.box.height for w in words)
    return Baseline(slope=rise / run, intercept=first.bottom - bottom - descent)
