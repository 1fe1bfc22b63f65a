"""What a reader saw on a page: lines of words with their boxes and confidence.

Boxes are whole pixels on the upright raster of the page, origin at its top left.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ocr_assets.calibration import probability


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; ``right`` and ``bottom`` lie outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top

    def as_fractions(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Return (left, top, right, bottom) as fractions of a page of this size in pixels."""
        return (
            round(self.left / width, 5),
            round(self.top / height, 5),
            round(self.right / width, 5),
            round(self.bottom / height, 5),
        )


class Decider(StrEnum):
    """Whose word the text of a word is."""

    FIRST = "first"  # the first reader's own text stood
    LANGUAGE = "language"  # the sentence spoke for a rival of it
    SECOND = "second"  # the second reader's opinion turned the choice
    DIGITS = "digits"  # the readers of handwritten digits


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the text of a word comes from.

    ``first`` is the first reader's own text of the piece the word was cut from, ``certainty`` the
    probability of its weakest character. ``second`` is what the second reader saw there: nothing
    (``""``), or None where it was not asked. ``characters`` are left and right edges in pixels, one
    pair a character of the word.
    """

    first: str
    certainty: float
    decided_by: Decider
    second: str | None = None
    characters: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read; ``confidence`` runs from 0 to 1 and is the reader's own certainty."""

    text: str
    box: Box
    confidence: float
    evidence: Evidence | None = None

    @property
    def probability(self) -> float:
        """Return how likely the word is right: the confidence, calibrated.

        Readers of handwritten digits speak of probabilities themselves.
        """
        return self.confidence if self.is_by_hand else probability(self.confidence)

    @property
    def is_by_hand(self) -> bool:
        """Return whether the readers of handwritten digits have settled this word."""
        return self.evidence is not None and self.evidence.decided_by is Decider.DIGITS


@dataclass(frozen=True, slots=True)
class Line:
    """One printed or written line; ``reader`` names who read it."""

    words: tuple[Word, ...]
    box: Box
    confidence: float
    reader: str

    @property
    def text(self) -> str:
        """Return the words joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageQuality:
    """What can be seen of a page without reading it.

    ``sharpness`` is 1 where ink ends within a pixel and falls as edges blur; ``contrast`` is how
    far the ink lies below the paper, 0 to 1; both are None where there is no ink to measure.
    ``cut_edges`` names the edges that print runs out of, ``dark_edges`` those along which the
    scanner's lid shows.
    """

    is_blank: bool
    is_stained: bool
    sharpness: float | None
    contrast: float | None
    cut_edges: tuple[str, ...] = ()
    dark_edges: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageReading:
    """Everything read on one page (``page`` counts from 1), in reading order.

    ``width`` and ``height`` are pixels of the upright raster, ``rotation`` the clockwise degrees
    that made it upright, ``dpi`` the resolution it was rendered at. ``rotation_confidence`` says
    how likely that turn is, ``skew`` by how many degrees the lines then lean clockwise,
    ``quality`` how the page looks and ``stamps`` what stands in coloured frames, each of which lies
    in one of ``stamp_boxes``. ``is_disputed``: one engine sees text on the page and the other none.
    """

    page: int
    width: int
    height: int
    dpi: float
    rotation: int
    lines: tuple[Line, ...]
    rotation_confidence: float | None = None
    skew: float = 0.0
    quality: PageQuality | None = None
    stamps: tuple[str, ...] = ()
    is_disputed: bool = False
    stamp_boxes: tuple[Box, ...] = ()

    @cached_property
    def text(self) -> str:
        """Return the lines joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return all words in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float | None:
        """Return the mean confidence of the words, or None for a page without any."""
        return sum(w.confidence for w in self.words) / len(self.words) if self.words else None

    @property
    def probability(self) -> float | None:
        """Return the share of words likely to be right, or None for a page without any."""
        return sum(w.probability for w in self.words) / len(self.words) if self.words else None
