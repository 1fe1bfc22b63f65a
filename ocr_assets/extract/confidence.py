"""How far to trust a finding: reading confidence times extraction score, against one threshold.

Thresholds were set on 30 real scans of many issuers, read by the best reader, so that nothing
wrong passed with room to spare: the surest wrong number stood at .67, the surest wrong date at .68;
with digits read by several engines both fell further (.61 and .29), and 20 dates and 6 numbers
passed, all right. With so few scans that bounds the error at about a tenth, no better.
"""

import re
from collections.abc import Iterable

from ocr_assets.extract.field import Field, Finding
from ocr_assets.reading import Word

# A number, or a symbol: no sentence speaks for it or against it.
_SIGN = re.compile(r"\d|[/\-]\w")

# Field: the least confidence at which a value needs no second look, and why there.
ACCEPTED_FROM = {
    "number": 0.88,  # printed numbers read at .91 and more; the gap a pen leaves keeps below
    "date": 0.88,  # as for numbers; a wrong day is a wrong key of the document
    "issuer": 0.87,  # snapped to known names, so tone errors are gone
    "type": 0.85,  # a closed list: one letter more or less does no harm
    "abstract": 0.92,  # free text: one doubtful word in ten is too many
    "signer": 0.90,  # a name half under a seal loses letters before it loses confidence
    "superior": 0.90,
    "place": 0.90,
    "signer_authority": 0.90,
    "signer_title": 0.90,
    "urgency": 0.90,
    "language": 0.90,
    "addressee": 0.90,
    "recipient": 0.90,
    "attachment": 0.90,
}


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


def judged(name: str, finding: Finding) -> Field:
    """Return the field made of ``finding``, accepted only when safely above its threshold."""
    reading, extraction = _share(finding.reading_confidence), _share(finding.score)
    confidence = reading * extraction
    return Field(
        name=name,
        value=finding.value,
        text_as_read=finding.text,
        page=finding.strips[0].page,
        box=finding.box,
        method=finding.method,
        confidence=round(confidence, 4),
        accepted=confidence >= ACCEPTED_FROM[name] and not finding.is_doubtful,
        reading_confidence=round(reading, 4),
        extraction_confidence=round(extraction, 4),
        witnesses=finding.witnesses,
    )


def _share(value: float) -> float:
    return max(0.0, min(1.0, value))
