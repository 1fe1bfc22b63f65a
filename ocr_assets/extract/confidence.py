"""How far to trust a finding: reading confidence times extraction score, against one threshold.

Thresholds are set where no wrong value passed on 30 real scans of many issuers; the number and
the date ask most, because readers are sure of themselves on handwritten digits and wrong.
"""

from ocr_assets.extract.field import Field, Finding

# Field: the least confidence at which a value needs no second look, and why there.
ACCEPTED_FROM = {
    "number": 0.97,  # a printed number scores .98 and more; a gap or odd sign of a pen stays below
    "date": 0.96,  # as for numbers; a wrong day is a wrong key of the document
    "issuer": 0.90,  # snapped to known names, so tone errors are gone
    "type": 0.88,  # a closed list: one letter more or less does no harm
    "abstract": 0.92,  # free text: one doubtful word in ten is too many
    "signer": 0.90,  # a name half under a seal loses letters before it loses confidence
}


def judged(name: str, finding: Finding) -> Field:
    """Return the field made of ``finding``, accepted only when safely above its threshold."""
    confidence = max(0.0, min(1.0, finding.reading_confidence * finding.score))
    return Field(
        name=name,
        value=finding.value,
        text_as_read=finding.text,
        page=finding.strips[0].page,
        box=finding.box,
        method=finding.method,
        confidence=round(confidence, 4),
        accepted=confidence >= ACCEPTED_FROM[name] and not finding.is_doubtful,
    )
