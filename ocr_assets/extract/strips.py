"""Strips: lines cut where two columns were read as one, with places in fractions of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from ocr_assets.extract.letters import clean, is_rule, plain
from ocr_assets.extract.levelling import slope_of
from ocr_assets.reading import Box, Line, PageReading, Word

# The right column begins with one of these, whatever stands before it on the line.
RIGHT_COLUMN = ("CONG HOA XA HOI", "DANG CONG SAN VIET NAM", "DOC LAP - TU DO")
# A gap of two line heights in the middle of the page separates columns, except inside a blank
# left for a handwritten number or day.
_GAP = 2.0
_MIDDLE = (0.33, 0.62)
_GOES_ON = ("/", "-", "THANG", "NAM")


@dataclass(frozen=True)
class Strip:
    """Words that stand together on one row; edges are fractions of the levelled page."""

    page: int
    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float
    area: tuple[float, float, float, float]  # where it stands on the page as it is

    @cached_property
    def text(self) -> str:
        """Return the cleaned words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def plain(self) -> str:
        """Return the text in capitals without marks."""
        return plain(self.text)

    @property
    def middle(self) -> float:
        """Return the horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Return the height as a fraction of the page."""
        return self.bottom - self.top

    def place_of(self, word: Word) -> float:
        """Return the left edge of one of the words as a fraction of the page."""
        left, right = self.words[0].box.left, self.words[-1].box.right
        scale = (self.right - self.left) / max(1, right - left)
        return self.left + scale * (word.box.left - left)

    def end_of(self, word: Word) -> float:
        """Return the right edge of one of the words as a fraction of the page."""
        scale = (self.right - self.left) / max(1, self.words[-1].box.right - self.words[0].box.left)
        return self.left + scale * (word.box.right - self.words[0].box.left)

    @property
    def confidence(self) -> float:
        """Return the mean confidence of the words."""
        return sum(word.confidence for word in self.words) / len(self.words)

    def is_beside(self, other: "Strip") -> bool:
        """Return whether both stand on the same row."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * min(self.height, other.height)


def strips_of(reading: PageReading) -> tuple[Strip, ...]:
    """Return the strips of a page from top to bottom; rules and dirt are left out."""
    slope = slope_of(reading)
    parts = [
        _strip(words, reading, slope)
        for line in reading.lines
        for words in _columns(line, reading.width)
    ]
    kept = [part for part in parts if not is_rule(part.text)]
    return tuple(sorted(kept, key=lambda strip: (strip.top, strip.left)))


def _strip(words: Sequence[Word], reading: PageReading, slope: float) -> Strip:
    drops = [slope * ((word.box.left + word.box.right) / 2 - reading.width / 2) for word in words]
    tops = [word.box.top - drop for word, drop in zip(words, drops, strict=True)]
    bottoms = [word.box.bottom - drop for word, drop in zip(words, drops, strict=True)]
    left, right = min(w.box.left for w in words), max(w.box.right for w in words)
    hull = Box(left, min(w.box.top for w in words), right, max(w.box.bottom for w in words))
    return Strip(
        reading.page,
        tuple(words),
        left / reading.width,
        median(tops) / reading.height,
        right / reading.width,
        median(bottoms) / reading.height,
        hull.as_fractions(reading.width, reading.height),
    )


def _columns(line: Line, width: int) -> Iterator[tuple[Word, ...]]:
    words = [replace(word, text=clean(word.text)) for word in line.words]
    words = [word for word in words if word.text]
    start = 0
    for index in range(1, len(words)):
        if _is_cut(words[start:index], words[index:], width):
            yield tuple(words[start:index])
            start = index
    if words[start:]:
        yield tuple(words[start:])


def _is_cut(before: Sequence[Word], after: Sequence[Word], width: int) -> bool:
    text = plain(" ".join(word.text for word in after))
    if text.startswith(RIGHT_COLUMN):
        return True
    gap_left, gap_right = before[-1].box.right, after[0].box.left
    middle = (gap_left + gap_right) / 2 / width
    is_wide = gap_right - gap_left > _GAP * after[0].box.height
    return is_wide and _MIDDLE[0] < middle < _MIDDLE[1] and not text.startswith(_GOES_ON)


def median_height(strips: Sequence[Strip]) -> float:
    """Return the middle height of ``strips``, a measure of one line; 0.018 where there is none."""
    heights = sorted(strip.height for strip in strips)
    return heights[len(heights) // 2] if heights else 0.018


def part_of(strip: Strip, words: Sequence[Word]) -> Strip:
    """Return the part of ``strip`` that ``words`` (some of its own) take up."""
    left = strip.place_of(words[0])
    right = strip.right if words[-1] is strip.words[-1] else strip.end_of(words[-1])
    area = (left, strip.area[1], right, strip.area[3])
    return Strip(strip.page, tuple(words), left, strip.top, right, strip.bottom, area)


def fusion(strips: Sequence[Strip]) -> Strip:
    """Return one strip of several on one row, in the order given."""
    return Strip(
        strips[0].page,
        tuple(word for strip in strips for word in strip.words),
        min(strip.left for strip in strips),
        min(strip.top for strip in strips),
        max(strip.right for strip in strips),
        max(strip.bottom for strip in strips),
        hull_of(strips),
    )


def hull_of(strips: Sequence[Strip]) -> tuple[float, float, float, float]:
    """Return the rectangle around strips of one page, as fractions of the page as it is."""
    lefts, tops, rights, bottoms = zip(*(strip.area for strip in strips), strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
