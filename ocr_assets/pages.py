"""What became of each page, from what every step found out about it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ocr_assets.digitized import PageOutcome
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.prepare import Prepared, PreparedPage
from ocr_assets.profile import Profile
from ocr_assets.reading import PageReading
from ocr_assets.receive import Received
from ocr_assets.recognize import Recognition


def page_outcomes(
    received: Received,
    prepared: Prepared,
    read: Recognition,
    texts: Sequence[str],
    profile: Profile,
) -> tuple[PageOutcome, ...]:
    """Return the outcome of every page, in order."""
    readings = {reading.page: reading for reading in read.readings}
    return tuple(
        replace(
            _page(number, page, readings.get(number), text, profile)
            if number not in received.damaged_pages
            else PageOutcome(number, Outcome.FAILED, Reason.DAMAGED, text=text),
            image_phash=None if number in received.damaged_pages else read.hashes.get(number),
            **_facts(number, received, page, readings.get(number)),
        )
        for number, (page, text) in enumerate(zip(prepared.pages, texts, strict=True), start=1)
    )


def _facts(
    number: int, received: Received, page: PreparedPage, reading: PageReading | None
) -> dict[str, Any]:
    """Return what is known of a page whatever became of it."""
    found, quality = page.resolution, reading.quality if reading else None
    is_torn = number in received.damaged_pages
    return {
        "is_dpi_estimated": found.is_estimated if found else None,
        "picture_size": received.facts.picture_size(number),
        "text_layer": received.facts.text_layer(number),
        "rotation_confidence": reading.rotation_confidence if reading else None,
        "skew": reading.skew if reading else None,
        "is_damaged": is_torn or (quality.is_stained if quality else None),
        "quality": quality,
    }


def _page(
    number: int, page: PreparedPage, reading: PageReading | None, text: str, profile: Profile
) -> PageOutcome:
    if reading is None:
        return PageOutcome(number, Outcome.FAILED, Reason.OCR_FAILED, text=text)
    reason = _weakness(page, reading, profile)
    return PageOutcome(
        page=number,
        outcome=Outcome.OK if reason is None else Outcome.DEGRADED,
        reason=reason,
        width=reading.width,
        height=reading.height,
        dpi=page.resolution.dpi if page.resolution else None,
        rotation=reading.rotation,
        words=len(reading.words),
        confidence=reading.probability,
        image_sha256=page.images[0] if page.images else None,
        text=text,
        is_rendered=page.is_rendered,
    )


def _weakness(page: PreparedPage, reading: PageReading, profile: Profile) -> Reason | None:
    """Return the weakness to know of first: disputed text, few or unknown dots, doubtful words."""
    if reading.is_disputed:
        return Reason.ENGINES_DISAGREE
    found = page.resolution
    if found is not None and found.dpi < profile.low_dpi:
        return Reason.RESOLUTION_LOW
    if found is not None and found.is_estimated:
        return Reason.RESOLUTION_ESTIMATED
    if _is_silent(reading):
        return Reason.LOW_CONFIDENCE
    if reading.confidence is not None and reading.confidence < profile.low_confidence:
        return Reason.LOW_CONFIDENCE
    return None


def _is_silent(reading: PageReading) -> bool:
    """Say whether there is ink on the page and not one word: an engine may have failed unheard."""
    quality = reading.quality
    return not reading.words and quality is not None and not quality.is_blank
