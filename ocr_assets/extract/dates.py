"""The date of issue, from the line that names the place; never from a cited date."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.letters import plain
from ocr_assets.extract.number import UNREAD, digits_of
from ocr_assets.extract.strips import Strip, fusion

_LINE = re.compile(
    r"^(?P<place>.{0,40}?)[\W_]*(?:NGAY|NGAV|NEAY)\W*(?P<day>.{0,5}?)\W*TH[AO]NG\W*(?P<month>.{0,4}?)"
    r"\W*N[AO]M\W*(?P<year>[12]\s?[0-9O]\s?[0-9OIL]\s?[0-9OIL])\W*$"
)
_SHORT = re.compile(
    r"^(?P<place>[A-Z][A-Z .\-]{2,35}),\s*(?:NGAY)?\W*(?P<day>\d\d?)\s*[/.\-]\s*(?P<month>\d\d?)"
    r"\s*[/.\-]\s*(?P<year>(?:19|20)\d\d)\W*$"
)
_BARE = re.compile(
    r"^(?P<place>)NGAY\W*(?P<day>\d\d?)\s*[/.\-]\s*(?P<month>\d\d?)\s*[/.\-]\s*"
    r"(?P<year>(?:19|20)\d\d)\W*$"
)
_CITED = re.compile(
    r"\bSO\b|\bCAN CU\b|\bCUA\b|\bKEM\b|\bQUYET DINH\b|\bTHEO\b|\bDEN\b|\bTU\b|\bKY\b"
)
_FORMS = (_LINE, _SHORT, _BARE)
_FIRST_YEAR = 1945


def _rows(strips: Sequence[Strip]) -> Iterator[Strip]:
    """Yield strips, and neighbours of one row joined: pens leave wide gaps."""
    yield from strips
    for strip in strips:
        mates = [
            s for s in strips if s is not strip and s.is_beside(strip) and s.left >= strip.right
        ]
        if mates and "NGAY" in strip.plain:
            yield fusion([strip, *sorted(mates, key=lambda mate: mate.left)])


def _calendar(match: re.Match[str], text: str) -> date | None:
    day, month = (digits_of(text[slice(*match.span(part))]) for part in ("day", "month"))
    year = digits_of(match["year"])
    if UNREAD in day + month + year or not day or not month:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _is_place(place: str) -> bool:
    """Return whether a line begins with a place's name: capitals only, no word of a citation."""
    words = re.findall(r"[^\W\d_]+", place)
    is_named = all(word[0].isupper() for word in words) and len(words) <= 8
    return is_named and not _CITED.search(plain(place)) and not re.search(r"\d{3}", place)


def _fit(strip: Strip, head: Head, place: str) -> float:
    """Return how well a date line stands: beside or under the number, right, with its place."""
    anchor = head.number or head.motto or head.title
    distance = abs(strip.top - anchor.top) / head.line if anchor else 4.0
    near = 1.0 if distance <= 5 else 0.85 if distance <= 12 else 0.6
    right = 1.0 if strip.middle > 0.45 else 0.8
    return near * right * (1.0 if place.strip(" ,.-") else 0.85)


def find_date(head: Head, others: Sequence[Strip]) -> Finding | None:
    """Return the date of issue; ``others`` are the strips of the signing page, a second choice."""
    found = [*_dated(head.strips, head, 1.0), *_dated(others, head, 0.7)]
    return max(found, key=lambda finding: finding.score, default=None)


def _dated(strips: Sequence[Strip], head: Head, weight: float) -> Iterator[Finding]:
    for strip in _rows(strips):
        match = next(filter(None, (form.match(strip.plain) for form in _FORMS)), None)
        if not match or not _is_place(strip.text[slice(*match.span("place"))]):
            continue
        when = _calendar(match, strip.text)
        if when is None or not _FIRST_YEAR <= when.year <= date.max.year:
            continue
        day = strip.text[slice(*match.span("day"))].strip()
        is_clean = bool(re.fullmatch(r"\d\d?", day)) and _is_spaced(match, strip.text)
        is_whole = len(day) == 2  # days below ten are written with a nought: one digit lost one
        score = weight * _fit(strip, head, match["place"]) * (0.99 if is_clean else 0.6)
        score *= 1.0 if is_whole else 0.85
        yield Finding(when.isoformat(), (strip,), "date:place-line", score, _trust(strip))


def _trust(strip: Strip) -> float:
    """Return how surely the figures were read; what stands between them is on every such line."""
    return weakest(word for word in strip.words if any(map(str.isdigit, word.text)))


def _is_spaced(match: re.Match[str], text: str) -> bool:
    """Return whether day and month stand free; a pen runs into its neighbours."""
    spans = (match.span("day"), match.span("month"))
    return all(
        text[a - 1 : a] in tuple(" /.-") and text[b : b + 1] in tuple(" /.-") for a, b in spans
    )
