"""The stamp of arrival: "CÔNG VĂN ĐẾN", with a number and a day that are the receiver's.

Pressed in black where the number should stand, its words were taken for the issuer's and the
number for the document's.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz

from ocr_assets.extract.letters import is_upper, packed
from ocr_assets.extract.strips import Strip, median_height

_HEADING, _WORD = "CONGVANDEN", "DEN"
_NEAR = 85.0  # percent of letters in place
_ENTRIES = ("SO", "S0", "S6", "NGAY", "CHUYEN", "LUUHOSO")
_ROWS = 6.0  # line heights of a stamp below its heading
_ASIDE = 0.12  # of the width: how far an entry begins from its heading


def without_arrival_stamps(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return the strips of a page but those of stamps of arrival."""
    headings = [strip for strip in strips if _is_heading(strip)]
    if not headings:
        return tuple(strips)
    reach = _ROWS * median_height(strips)
    stamps = [*headings]
    for heading in headings:
        below = [s for s in strips if 0 < s.top - heading.top < reach and _is_under(s, heading)]
        entries: dict[str, Strip] = {}
        for strip in below:  # one of each kind: the next "Số" is the document's own
            kind = next((word for word in _ENTRIES if packed(strip.text).startswith(word)), "")
            entries.setdefault(kind[:1], strip)
        stamps += [strip for kind, strip in entries.items() if kind]
    return tuple(strip for strip in strips if strip not in stamps)


def _is_heading(strip: Strip) -> bool:
    letters = packed(strip.text)
    if not is_upper(strip.text):
        return False
    return letters == _WORD or fuzz.ratio(letters, _HEADING) >= _NEAR


def _is_under(strip: Strip, heading: Strip) -> bool:
    return heading.left - _ASIDE < strip.left < heading.right + _ASIDE
