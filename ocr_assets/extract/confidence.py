"""How far to trust a finding: reading confidence times extraction score, against one threshold."""

import re
from collections.abc import Iterable

from ocr_assets.extract.field import Field, Finding
from ocr_assets.reading import Word
from ocr_assets.thresholds import SHIPPED, Thresholds

# A number, or a symbol: no sentence speaks for it or against it.
_SIGN = re.compile(r"\d|[/\-]\w")


def weakest(words: Iterable[Word]) -> float:
    """Return how likely the least sure of ``words`` is right; 0 where there is none."""
    return min(map(surety, words), default=0.0)


def surety(word: Word) -> float:
    """Return how likely a word is right.

    Among the rivals of a sign the language model chooses blindly, so that a sign read without doubt
    seems doubtful. What the reader itself thought of its weakest character counts, unless the
    second reader saw something else.
    """
    if word.is_by_hand or not _SIGN.search(word.text):
        return word.probability
    seen = word.evidence
    if seen is None or seen.first != word.text:
        return word.confidence
    is_heard = seen.second is None or seen.second.endswith(word.text)
    return max(word.confidence, seen.certainty) if is_heard else word.confidence


def judged(name: str, finding: Finding, thresholds: Thresholds = SHIPPED) -> Field:
    """Return the field made of ``finding``, accepted only when safely above its threshold."""
    reading, extraction = _share(finding.reading_confidence), _share(finding.score)
    confidence = reading * extraction
    accepted_from = thresholds.of(name)
    return Field(
        name=name,
        value=finding.value,
        text_as_read=finding.text,
        page=finding.strips[0].page,
        box=finding.box,
        method=finding.method,
        confidence=round(confidence, 4),
        reading_confidence=round(reading, 4),
        extraction_confidence=round(extraction, 4),
        witnesses=finding.witnesses,
        accepted=confidence >= accepted_from and not finding.is_doubtful,
        accepted_from=accepted_from,
        calibration_id=thresholds.calibration_id,
    )


def _share(value: float) -> float:
    return max(0.0, min(1.0, value))
