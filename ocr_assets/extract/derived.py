"""What follows from values already found, or from looking at every page: no rule of its own place.

A derived value keeps the evidence of what it comes from, and is no surer than that.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ocr_assets.extract.field import Field
from ocr_assets.extract.half_dates import precision_of
from ocr_assets.extract.witnesses import NOT_ASKED, Witnesses
from ocr_assets.reading import PageReading

# The same split as the models': number as text with its noughts, year of legal texts, symbol.
_NUMBER = re.compile(
    r"^\s*(?P<number>[0-9?]+[a-zA-Z]?)\s*[/-]\s*(?:(?P<year>(?:19|20)\d\d)\s*[/-]\s*)?"
    r"(?P<notation>[^0-9\s].*)$"
)
_WHOLE_PAGE = (0.0, 0.0, 1.0, 1.0)
UNCLASSIFIED = "unclassified"


def derived_from(found: Mapping[str, Field]) -> Iterator[Field]:
    """Yield number and symbol apart, the precision of the date, and the natural key."""
    number, date = found.get("number"), found.get("date")
    match = _NUMBER.match(number.value) if number else None
    if number and match:
        if "?" not in match["number"]:
            yield _part(number, "code_number", match["number"])
        yield _part(number, "code_notation", match["notation"].strip())
    if date:
        yield _part(date, "date_precision", precision_of(date.value))
    yield from _natural_key(found)


def _part(whole: Field, name: str, value: str) -> Field:
    return replace(whole, name=name, value=value, method=f"{name}:of-{whole.name}")


def _natural_key(found: Mapping[str, Field]) -> Iterator[Field]:
    """Yield issuer, number, symbol and year as one value, where each of them was read."""
    issuer, number, date = (found.get(name) for name in ("issuer", "number", "date"))
    match = _NUMBER.match(number.value) if number else None
    if not (issuer and number and match) or "?" in match["number"]:
        return
    year = match["year"] or (date.value[:4] if date else None)
    if year is None:
        return
    parts = [issuer, number, *([date] if date and not match["year"] else [])]
    key = (issuer.value.upper(), match["number"], match["notation"].strip(), year)
    weakest = min(parts, key=lambda part: part.confidence)
    yield replace(
        number,
        name="natural_key",
        value="|".join(key),
        text_as_read=" | ".join(part.text_as_read for part in parts),
        method="natural_key:of-parts",
        confidence=weakest.confidence,
        accepted=all(part.accepted for part in parts),
        reading_confidence=weakest.reading_confidence,
        extraction_confidence=weakest.extraction_confidence,
        witnesses=_both(parts),
        accepted_from=None,
    )


def _both(parts: Sequence[Field]) -> Witnesses:
    """Return what the readers saw of all parts, set apart as their texts are."""
    return Witnesses(
        _beside([part.witnesses.first for part in parts]),
        _beside([part.witnesses.second for part in parts]),
    )


def _beside(texts: Sequence[str | None]) -> str | None:
    return " | ".join(text or NOT_ASKED for text in texts) if any(texts) else None


def counted(readings: Sequence[PageReading]) -> Iterator[Field]:
    """Yield how many pages there are, and that no degree of secrecy is to be seen on them.

    What bears one never gets here; ``unclassified`` says that none was seen, and permits nothing.
    Its confidence is how surely the pages were read, and a person has the last word.
    """
    last = max(reading.page for reading in readings)
    count = str(len(readings))
    yield Field("page_count", count, "", last, _WHOLE_PAGE, "page_count:pages", 1.0, accepted=True)
    read = [reading.confidence for reading in readings if reading.confidence is not None]
    sure, first = round(min(read), 4) if read else 0.0, readings[0].page
    yield Field(
        name="secrecy",
        value=UNCLASSIFIED,
        text_as_read="",
        page=first,
        box=_WHOLE_PAGE,
        method="secrecy:none-seen",
        confidence=sure,
        accepted=False,
        reading_confidence=sure,
        extraction_confidence=1.0,
    )
