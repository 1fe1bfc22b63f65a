"""How crooked a page lies: readers give boxes on the page as it was scanned."""

from ocr_assets.reading import PageReading, Word


def slope_of(reading: PageReading) -> float:
    """Return how far rows fall for each pixel to the right; 0 where too few lines tell."""
    slopes = sorted(
        (_middle(line.words[-1]) - _middle(line.words[0]))
        / (line.words[-1].box.left - line.words[0].box.left)
        for line in reading.lines
        if len(line.words) > 5 and line.words[-1].box.left - line.words[0].box.left > 200
    )
    return slopes[len(slopes) // 2] if len(slopes) >= 3 else 0.0


def _middle(word: Word) -> float:
    return (word.box.top + word.box.bottom) / 2
