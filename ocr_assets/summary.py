"""What a reading says about itself, in numbers: how much of a page is in doubt, and who decided."""

from dataclasses import dataclass

from ocr_assets.reading import Decider, PageReading

DOUBTFUL = 0.9  # a word with less confidence than this is one to look at


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """One page's reading in numbers.

    ``asked`` counts the words a second reader was asked about, ``changed`` those whose text is
    another for it; ``is_disputed``: one engine sees text on the page and the other none.
    """

    page: int
    words: int
    doubtful: int
    asked: int
    changed: int
    confidence: float | None
    is_disputed: bool


def summarise(reading: PageReading) -> ReadingSummary:
    """Return the numbers of one page."""
    seen = [word.evidence for word in reading.words if word.evidence is not None]
    return ReadingSummary(
        page=reading.page,
        words=len(reading.words),
        doubtful=sum(word.confidence < DOUBTFUL for word in reading.words),
        asked=sum(evidence.second is not None for evidence in seen),
        changed=sum(evidence.decided_by is Decider.SECOND for evidence in seen),
        confidence=reading.confidence,
        is_disputed=reading.is_disputed,
    )
