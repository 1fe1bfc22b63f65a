"""The type line: a line of capitals in the middle that names a type of the closed list."""

from rapidfuzz import fuzz

from ocr_assets.extract.header import NUMBER_LINE, Head
from ocr_assets.extract.letters import is_upper, packed
from ocr_assets.extract.lists import CODELESS_TYPES, TYPES
from ocr_assets.extract.strips import Strip

_NAMES = sorted({*TYPES.values(), *CODELESS_TYPES}, key=lambda name: -len(packed(name)))


def type_in(text: str) -> tuple[str, float] | None:
    """Return the type a line of capitals names, and how surely; None for any other line."""
    bare = packed(text)
    name = max(_NAMES, key=lambda known: (fuzz.ratio(bare, packed(known)), known))
    ratio = fuzz.ratio(bare, packed(name)) / 100
    if ratio >= (0.86 if len(bare) > 5 else 1.0):
        return name, ratio
    for known in _NAMES:
        if len(packed(known)) >= 6 and bare.startswith(packed(known)):
            return known, 0.97
    return None


def _is_centred(strip: Strip, head: Head) -> bool:
    """Return whether a strip stands in the middle of what the page holds, not of the paper."""
    left = min(s.left for s in head.strips)
    right = max(s.right for s in head.strips)
    return abs(strip.middle - (left + right) / 2) < 0.16


def find_type_line(head: Head) -> tuple[Strip, str, float] | None:
    """Return the first line below the letterhead that names a type, in capitals."""
    anchor = head.number or head.motto or head.title
    start = anchor.top if anchor else 0.0
    for strip in head.below(start - head.line):
        if strip.top > 0.62 or (head.addressed and strip.top > head.addressed.top):
            return None
        named = type_in(strip.text) if is_upper(strip.text) and len(strip.words) <= 12 else None
        if named and _is_centred(strip, head) and not NUMBER_LINE.match(strip.plain):
            return strip, *named
    return None
