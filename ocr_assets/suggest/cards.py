"""Pictures of identity cards on a page: the title of a card with its labels close below it.

A form that asks for the same things spreads them over the page; a card holds them within a hand's
breadth, whatever size it was copied at.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from ocr_assets.extract.letters import is_upper
from ocr_assets.extract.strips import Strip
from ocr_assets.suggest.proposal import Box
from ocr_assets.suggest.sheet import Page

_TITLES = (
    "CAN CUOC CONG DAN",
    "CAN CUOC",
    "CHUNG MINH NHAN DAN",
    "GIAY CHUNG MINH NHAN DAN",
    "CITIZEN IDENTITY CARD",
    "IDENTITY CARD",
)
_LABELS = (
    r"HO(?: VA|,)? TEN|HO, CHU DEM|FULL NAME",
    r"NGAY SINH|SINH NGAY|DATE OF BIRTH",
    r"GIOI TINH|\bSEX\b",
    r"QUOC TICH|NATIONALITY",
    r"NGUYEN QUAN|QUE QUAN|PLACE OF ORIGIN|NOI DANG KY KHAI SINH",
    r"THUONG TRU|DKHK|NOI CU TRU|PLACE OF RESIDENCE",
    r"GIA TRI DEN|DATE OF EXPIRY",
)
_MACHINE_LINE = re.compile(r"^I[D0O]VNM[\dOIL]{6,}")
_FEWEST_LABELS = 3
_WIDEST = 2.0  # height of a card over its width, with room for what a copier adds
_LIKE = 88  # of 100: a title with a letter or two misread


def cards_on(page: Page) -> Iterator[Box]:
    """Yield the rectangle of each card seen on the page, as far as its words reach."""
    for index, strip in enumerate(page.strips):
        if _MACHINE_LINE.match(strip.plain.replace(" ", "")):
            yield strip.area
        elif _is_title(strip):
            box = _card_below(page.strips[index:], page)
            if box is not None:
                yield box


def _is_title(strip: Strip) -> bool:
    said = strip.plain.strip(" .:*-/")
    return is_upper(strip.text) and any(fuzz.ratio(said, title) >= _LIKE for title in _TITLES)


def _card_below(strips: tuple[Strip, ...], page: Page) -> Box | None:
    """Return the box around the labels below a title where they stand as close as on a card."""
    title, lines = strips[0], [strips[0]]
    labels: set[str] = set()
    for strip in strips[1:]:
        told = {label for label in _LABELS if re.search(label, strip.plain)}
        if not told - labels:
            continue
        if strip.top - lines[-1].bottom > 4.5 * title.height:
            break
        labels |= told
        lines.append(strip)
    lefts, tops, rights, bottoms = zip(*(line.area for line in lines), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    wide, high = (box[2] - box[0]) * page.width, (box[3] - box[1]) * page.height
    is_card = len(labels) >= _FEWEST_LABELS and high <= _WIDEST * wide
    return box if is_card else None
