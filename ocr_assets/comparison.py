"""Two readings of one document, held against each other: what another reading changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq, Levenshtein

from ocr_assets.extract import Field, describe
from ocr_assets.kept import About, kept_reading
from ocr_assets.reading import PageReading


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier and a later reading in numbers; the same rules found the fields in both."""

    old: About
    new: About
    old_words: int
    new_words: int
    common_words: int
    distance: int
    characters: int
    old_confidence: float | None
    new_confidence: float | None
    changed_fields: tuple[str, ...]
    gained_fields: tuple[str, ...]
    lost_fields: tuple[str, ...]


def compare(old: bytes, new: bytes, agencies: Sequence[str]) -> Comparison:
    """Return how the later of two kept readings differs from the earlier one, page by page."""
    (old_pages, old_about), (new_pages, new_about) = kept_reading(old), kept_reading(new)
    pairs = list(_pairs(old_pages, new_pages))
    before, after = describe(old_pages, agencies), describe(new_pages, agencies)
    found = sorted(before.keys() & after.keys())
    return Comparison(
        old=old_about,
        new=new_about,
        old_words=sum(len(page.words) for page in old_pages),
        new_words=sum(len(page.words) for page in new_pages),
        common_words=sum(LCSseq.similarity(a.split(), b.split()) for a, b in pairs),
        distance=sum(Levenshtein.distance(a, b) for a, b in pairs),
        characters=sum(len(a) for a, _ in pairs),
        old_confidence=_confidence(old_pages),
        new_confidence=_confidence(new_pages),
        changed_fields=tuple(name for name in found if before[name].value != after[name].value),
        gained_fields=tuple(sorted(_accepted(after) - _accepted(before))),
        lost_fields=tuple(sorted(_accepted(before) - _accepted(after))),
    )


def _pairs(old: Sequence[PageReading], new: Sequence[PageReading]) -> Iterator[tuple[str, str]]:
    """Yield the texts of each page in both; a page that one of them lacks is empty there."""
    numbers = sorted({page.page for page in (*old, *new)})
    texts = [{page.page: page.text for page in reading} for reading in (old, new)]
    for number in numbers:
        yield texts[0].get(number, ""), texts[1].get(number, "")


def _confidence(pages: Sequence[PageReading]) -> float | None:
    words = [word.confidence for page in pages for word in page.words]
    return round(sum(words) / len(words), 4) if words else None


def _accepted(fields: dict[str, Field]) -> set[str]:
    return {name for name, field in fields.items() if field.accepted}
