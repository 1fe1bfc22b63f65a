"""The head of a document: where its columns part, what stands left, right and below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr_assets.extract.letters import is_upper
from ocr_assets.extract.strips import Strip, fusion, median_height

_STATE = "CONG HOA XA HOI CHU NGHIA VIET NAM"
_MOTTO = "DOC LAP - TU DO - HANH PHUC"
_PARTY = ("DANG CONG SAN VIET NAM", "DOAN TNCS HO CHI MINH", "DOAN THANH NIEN CONG SAN HO CHI MINH")
NUMBER_LINE = re.compile(
    r"^(?:LUAT|PHAP LENH|LENH|NGHI QUYET|NGHI DINH|QUYET DINH|THONG TU|BAN AN|BIEN BAN|HOP DONG)?"
    r"\W*S[O06]\s*[:;.,*]*\s*(?=\S)"
)
_PIECE = re.compile(r"^(?:S[O06]\W*|\W*\w{1,4}\W*|\w{0,4}\s*[/\-]\s*[A-Z]{2}.*)$")
_SYMBOL = re.compile(r"[/\-]\s?[A-Z]{2}")
_ADDRESSED = re.compile(r"^\W*K[IL]NH\s*G\w{2}\b")
_BODY = ("CAN CU", "DIEU 1", "XET DE NGHI")
# Nothing of a head stands below this part of a page, short crops apart (they begin at the top).
_HEAD_DEPTH = 0.5
_SURE_OF_HEAD = 85.0  # percent of letters in place


@dataclass(frozen=True)
class Head:
    """The first page's strips with the anchors found among them (None where missing)."""

    strips: tuple[Strip, ...]
    title: Strip | None
    motto: Strip | None
    number: Strip | None
    addressed: Strip | None

    @property
    def is_partys(self) -> bool:
        """Return whether the title is that of the Party or its Youth Union."""
        return self.title is not None and _likest([self.title], _PARTY, 82) is not None

    @property
    def is_double(self) -> bool:
        """Return whether two heads stand on this page: two sheets on one scan, or a copy of one."""
        lines = [strip.plain.strip(" *") for strip in self.strips if is_upper(strip.text)]
        return any(
            sum(fuzz.ratio(line, phrase) >= _SURE_OF_HEAD for line in lines) > 1
            for phrase in (_STATE, *_PARTY)
        )

    @property
    def line(self) -> float:
        """Return the height of a line of this page."""
        return median_height(self.strips)

    @property
    def column(self) -> float:
        """Return where the right column begins."""
        anchors = [anchor.left for anchor in (self.title, self.motto) if anchor]
        return min(anchors) if anchors else 0.5

    @property
    def top(self) -> float:
        """Return the upper edge of the letterhead: stamps stand above it."""
        anchor = self.title or self.motto
        return anchor.top - 1.6 * self.line if anchor else 0.0

    def left_between(self, top: float, bottom: float) -> list[Strip]:
        """Return the strips of the left column whose centres lie between two heights."""
        edge = self.column + 0.03
        return [
            strip
            for strip in self.strips
            if top <= (strip.top + strip.bottom) / 2 < bottom
            and strip.middle < edge - 0.06
            and strip.right < edge + 0.08
        ]

    def below(self, height: float) -> list[Strip]:
        """Return the strips that begin below ``height``."""
        return [strip for strip in self.strips if strip.top >= height]


def _likest(strips: Sequence[Strip], phrases: Sequence[str], floor: float) -> Strip | None:
    scored = [
        (max(fuzz.ratio(strip.plain.strip(" *"), phrase) for phrase in phrases), -strip.top, strip)
        for strip in strips
        if strip.middle > 0.4
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= floor else None


def _number_line(strips: Sequence[Strip], top: float) -> Strip | None:
    """Return the strip with the number: "Số ..." first, any short strip with a symbol next."""
    # SỞ LAO ĐỘNG - THƯƠNG BINH begins like "Số" and goes on like a symbol
    labelled = [s for s in strips if NUMBER_LINE.match(s.plain) and re.search(r"[\d/]", s.text)]
    labelled = [strip for strip in labelled if strip.top >= top]
    for strip in labelled:
        if _SYMBOL.search(strip.plain) and strip.right < 0.7:
            return strip
    bare = [s for s in strips if s.top >= top and s.right < 0.6 and len(s.words) <= 4]
    for strip in bare:
        if re.match(r"^\W*\w{0,5}\s*[/\-].{0,6}[A-Z]{2}", strip.plain) and "/" in strip.text:
            return strip
    return next((s for s in labelled if re.search(r"\d", s.text) and len(s.words) <= 4), None)


def _completed(strip: Strip, strips: Sequence[Strip]) -> Strip:
    """Return the number with what a reader set apart: pieces of its row, a line after a dash."""
    edge = strip.right + 0.12 if strip.right < 0.4 else strip.right
    mates = [s for s in strips if s.is_beside(strip) and s.right <= edge]
    mates = [s for s in mates if s is strip or _PIECE.match(s.plain)]
    whole = fusion(sorted(mates, key=lambda mate: mate.left)) if len(mates) > 1 else strip
    if not whole.text.endswith(("-", "/")):
        return whole
    under = [s for s in strips if 0 < s.top - whole.top < 2 * whole.height and s.right < 0.6]
    return fusion([whole, under[0]]) if under else whole


def _body_top(strips: Sequence[Strip]) -> float:
    tops = [strip.top for strip in strips if strip.plain.lstrip(" -").startswith(_BODY)]
    return min(tops, default=1.0)


def head_of(strips: Sequence[Strip]) -> Head:
    """Return the head of a page given from top to bottom."""
    upper = [strip for strip in strips if strip.top < min(_HEAD_DEPTH, _body_top(strips))]
    party = _likest(upper, _PARTY, 82)
    state = _likest(upper, (_STATE,), 75)
    title = state or party
    motto = _likest(upper, (_MOTTO,), 75)
    anchor = title or motto
    top = anchor.top - 2 * anchor.height if anchor else 0.0
    addressed = next((s for s in strips if _ADDRESSED.match(s.plain) and s.top < 0.6), None)
    number = _number_line(upper, top)
    number = _completed(number, upper) if number else None
    return Head(tuple(strips), title, motto, number, addressed)
