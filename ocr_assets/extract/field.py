"""A value found on a document, and the finding before it is judged."""

from dataclasses import dataclass
from itertools import chain

from ocr_assets.extract.strips import Strip, hull_of
from ocr_assets.extract.witnesses import UNHEARD, Witnesses, witnesses_of


@dataclass(frozen=True, slots=True)
class Field:
    """One value of one document, with where it stands and how far to trust it.

    ``box`` holds fractions of the page's width and height (left, top, right, bottom).
    ``confidence`` is ``reading_confidence`` (how surely the letters were read) times
    ``extraction_confidence`` (how well place and form fit); both are None where nothing was read
    letter by letter. ``witnesses`` holds what each reader saw.
    ``accepted_from`` is the confidence that acceptance asks for, as ``calibration_id`` has it;
    None: nothing is asked, or it is as shipped.
    """

    name: str
    value: str
    text_as_read: str
    page: int
    box: tuple[float, float, float, float]
    method: str
    confidence: float
    accepted: bool
    reading_confidence: float | None = None
    extraction_confidence: float | None = None
    witnesses: Witnesses = UNHEARD
    accepted_from: float | None = None
    calibration_id: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A value with its evidence; ``score`` (0..1) says how well the place and the form fit.

    ``trust`` is the reading confidence where it is known better than the strips' mean;
    ``is_doubtful`` marks what a person must see whatever the confidence.
    """

    value: str
    strips: tuple[Strip, ...]
    method: str
    score: float
    trust: float | None = None
    is_doubtful: bool = False

    @property
    def reading_confidence(self) -> float:
        """Return how surely the letters themselves were read."""
        if self.trust is not None:
            return self.trust
        words = list(chain.from_iterable(strip.words for strip in self.strips))
        return sum(word.probability for word in words) / len(words) if words else 0.0

    @property
    def text(self) -> str:
        """Return the text as it was read."""
        return " ".join(strip.text for strip in self.strips)

    @property
    def witnesses(self) -> Witnesses:
        """Return what each reader saw where the value stands."""
        return witnesses_of(chain.from_iterable(strip.words for strip in self.strips))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the rectangle around the strips of the first page touched."""
        page = self.strips[0].page
        return hull_of([strip for strip in self.strips if strip.page == page])
