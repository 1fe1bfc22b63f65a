"""The line that names place and date, part by part, however little of the date was filled in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr_assets.extract.letters import is_upper, plain
from ocr_assets.extract.strips import Strip, fusion

_LINE = re.compile(
    r"^(?P<place>.{0,45}?)[\W_]*(?:(?:NGAY|NGAV|NEAY)(?P<day>.{0,12}?))?"
    r"TH[AO]NG(?P<month>.{0,9}?)N[AO]M\W*(?P<year>\d{4})?\W*$"
)
_YEAR_ONLY = re.compile(r"^(?P<place>.{2,45}?),\s*(?P<day>)(?P<month>)N[AO]M\W*(?P<year>\d{4})\W*$")
_SHORT = re.compile(
    r"^(?P<place>.{2,45}?),\s*(?:NGAY)?\W*(?P<day>\d\d?)\s*[/.\-]\s*(?P<month>\d\d?)"
    r"\s*[/.\-]\s*(?P<year>(?:19|20)\d\d)\W*$"
)
_TOLD = re.compile(r"NGAY|THANG|NAM|(?:19|20)\d\d")  # what each of these lines has, for speed
_CITED = re.compile(
    r"\bSO\b|\bCAN CU\b|\bCUA\b|\bKEM\b|\bQUYET DINH\b|\bTHEO\b|\bDEN\b|\bTU\b|\bKY\b|\bTRONG\b"
)
_MOST_WORDS = 7  # "Thành phố Bà Rịa - Vũng Tàu" has as many


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line like "Mẫu, ngày 17 tháng 01 năm 2025"; ``""`` stands for a part that is not there."""

    strip: Strip
    place: str
    day: str
    month: str
    year: str


def date_lines(strips: Sequence[Strip]) -> Iterator[DateLine]:
    """Yield the lines that give a place and the words of a date; cited dates are none."""
    for strip in _rows(strips):
        matches = (form.match(strip.plain) for form in (_LINE, _SHORT, _YEAR_ONLY))
        match = next(filter(None, matches), None)
        if match is None:
            continue
        place, day, month, year = (_part(match, name, strip.text) for name in _PARTS)
        # In capitals it is a title: "KẾ HOẠCH, NĂM 2024".
        is_title = is_upper(place) and "NGAY" not in strip.plain
        if place and _is_place(place) and not is_title:
            yield DateLine(strip, place, day, month, year)


_PARTS = ("place", "day", "month", "year")


def _part(match: re.Match[str], name: str, text: str) -> str:
    return text[slice(*match.span(name))].strip(" ,.:;_…*-'\"") if match[name] else ""


def _rows(strips: Sequence[Strip]) -> Iterator[Strip]:
    """Yield strips, and neighbours of one row joined: pens and blanks leave wide gaps."""
    for strip in strips:
        if not _TOLD.search(strip.plain):
            continue
        yield strip
        mates = [s for s in strips if s.left >= strip.right and s.is_beside(strip)]
        if mates:
            yield fusion([strip, *sorted(mates, key=lambda mate: mate.left)])


def _is_place(place: str) -> bool:
    """Return whether these are capitalised words, as a name has, and no part of a sentence."""
    words = re.findall(r"[^\W\d_]+", place)
    if not words or len(words) > _MOST_WORDS or re.search(r"\d{3}", place):
        return False
    is_named = all(word[0].isupper() or word in ("phố", "xã", "trấn") for word in words)
    return is_named and not _CITED.search(plain(place)) and not (is_upper(place) and len(words) > 4)
