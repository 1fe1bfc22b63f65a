"""The document as proposals are made from it: rows of words with their places, and its fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocr_assets.extract.letters import plain
from ocr_assets.extract.strips import Strip, strips_of
from ocr_assets.reading import PageReading
from ocr_assets.suggest.proposal import Box


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field's value and where it stands."""

    value: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Page:
    """One page: its number, its size in pixels, its strips from top to bottom."""

    number: int
    width: int
    height: int
    strips: tuple[Strip, ...]

    @classmethod
    def of(cls, reading: PageReading) -> "Page":
        """Return the page as it was read."""
        return cls(reading.page, reading.width, reading.height, strips_of(reading))

    def box_of(self, strip: Strip, start: int, end: int) -> Box:
        """Return the rectangle around the words that letters ``start`` to ``end`` touch."""
        boxes, at = [], 0
        for word in strip.words:
            if at < end and at + len(word.text) > start:
                boxes.append(word.box.as_fractions(self.width, self.height))
            at += len(word.text) + 1
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))


USED = ("abstract", "type", "issuer", "number", "date")  # fields that decide what is proposed
_ENDS = ("NOI NHAN", "NOI GUI")  # what follows on its page are addresses and the signature


@dataclass(frozen=True)
class Sheet:
    """A whole document: its pages, and what was found of its fields."""

    pages: tuple[Page, ...]
    fields: Mapping[str, FieldText]

    @classmethod
    def of(cls, readings: Sequence[PageReading], fields: Mapping[str, FieldText]) -> "Sheet":
        """Return a document as it was read and described."""
        return cls(tuple(map(Page.of, readings)), fields)

    def value(self, name: str) -> str:
        """Return a field's value, empty where it was not found."""
        found = self.fields.get(name)
        return found.value if found else ""

    @cached_property
    def body(self) -> tuple[tuple[Page, Strip], ...]:
        """Return the running text: below the abstract, above the list of recipients."""
        return tuple(self._body())

    def _body(self) -> Iterator[tuple[Page, Strip]]:
        start_page, start = self._start()
        for page in self.pages:
            if page.number < start_page:
                continue
            for strip in page.strips:
                if strip.plain.startswith(_ENDS):
                    break
                if page.number > start_page or strip.top >= start:
                    yield page, strip

    def _start(self) -> tuple[int, float]:
        """Return the page and the height below which the body begins."""
        ends = [
            (found.page, found.box[3] - 0.002)
            for name in ("abstract", "type", "number", "date")
            if (found := self.fields.get(name)) and found.page and found.box
        ]
        return max(ends, default=(1, 0.0)) if ends and ends[0][0] else (1, 0.0)


def is_citation(text: str) -> bool:
    """Return whether a line cites what a document rests on, or is nothing but form."""
    return (
        plain(text)
        .lstrip(" -–+*")
        .startswith(
            (
                "CAN CU",
                "XET DE NGHI",
                "THEO DE NGHI",
                "KINH GUI",
                "SO:",
                "CONG HOA XA HOI",
                "DOC LAP",
            )
        )
    )
