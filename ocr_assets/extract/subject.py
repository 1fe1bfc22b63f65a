"""The abstract: centred under the type line, or "V/v ..." under the number of a công văn."""

import re
from collections.abc import Sequence
from statistics import mean

from ocr_assets.extract.confidence import surety
from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.letters import is_rule, is_upper, packed, plain, spaced
from ocr_assets.extract.lists import POSTS
from ocr_assets.extract.strips import Strip, median_height, part_of
from ocr_assets.reading import Word

_STOPS = (
    "CAN CU",
    "KINH G",
    "DIEU 1",
    "CHUONG I",
    "PHAN I",
    "(BAN HANH",
    "(KEM THEO",
    "I. ",
    "1. ",
)
_ABOUT = re.compile(r"^\W*(?:V\s*\W?\s*[VSI]\b|VE VIEC)")
_HEADS = (
    "UY BAN",
    "HOI DONG",
    "BAN THUONG VU",
    "BAN CHAP HANH",
    "BO TRUONG",
    "CHINH PHU",
    "QUOC HOI",
)
_MOST_LINES = 12
_STRAY = 4  # words of a stamp at most, before an abstract on the same line


def titled_abstract(head: Head, title: Strip, name: str) -> Finding | None:
    """Return the centred lines under the type line, up to the gap before the body."""
    lines = list(_rest_of(title, name))
    above, gap, is_first = title, 2.4 * head.line, True
    for strip in head.below(title.top + 0.5 * title.height):
        if strip is title or len(lines) >= _MOST_LINES:
            continue
        piece = _trimmed(strip, title)
        if piece is None:
            continue
        # a line without a letter below its baseline ends higher, and is as far away
        end = max(above.bottom, above.top + median_height([title, *lines]))
        if strip.top - end > gap or _is_stop(piece, is_first=is_first):
            break
        is_owner = is_first and is_upper(piece.text) and piece.plain.startswith("CUA ")
        if not is_owner:
            lines.append(piece)
        gap = 0.62 * head.line if not is_first else 0.9 * head.line
        above, is_first = strip, False
    if lines:
        lines[0] = _from_about(lines[0])
    return _abstract(lines, "abstract:under-type")


def _from_about(strip: Strip) -> Strip:
    """Return a first line from its "Về việc": a stamp's words may stand before it."""
    words = strip.words
    for at in range(1, min(_STRAY, len(words) - 1) + 1):
        opening = " ".join(word.text for word in words[at : at + 2])
        if opening[0].isupper() and _ABOUT.match(plain(opening)):
            return part_of(strip, words[at:])
    return strip


def _rest_of(title: Strip, name: str) -> Sequence[Strip]:
    """Return what follows the type on its own line: "KẾ HOẠCH công tác năm"."""
    count = len(name.split())
    words = title.words[count:]
    rest = " ".join(word.text for word in words)
    if len(packed(rest)) < 4 or plain(rest).startswith("CUA "):
        return ()
    return (part_of(title, words),)


def _trimmed(strip: Strip, title: Strip) -> Strip | None:
    """Return a strip without the stamp at its left: abstract lines are centred like the title."""
    if mean(map(surety, strip.words)) < 0.6 or is_rule(strip.text):
        return None
    if strip.right <= title.middle or strip.left >= title.middle + 0.1:
        return None
    edge = 2 * title.middle - strip.right - 0.03
    stray = [word for word in strip.words if strip.place_of(word) < edge and _is_dirt(word)]
    kept = [word for word in strip.words if word not in stray]
    if not kept:
        return None
    return part_of(strip, kept) if stray else strip


def _is_dirt(word: Word) -> bool:
    """Return whether a word was hardly read: a stamp's letters under a line's beginning."""
    is_mixed = bool(re.search(r"[^\W\d]\d|\d[^\W\d]|[^\W\d],[^\W\d]", word.text))
    return word.confidence < 0.8 or is_mixed


def _is_stop(strip: Strip, *, is_first: bool) -> bool:
    text = strip.plain.lstrip(" -")
    if text.startswith(_STOPS):
        return True
    is_authority = text.startswith((*_HEADS, *map(plain, POSTS)))
    return not is_first and is_upper(strip.text) and is_authority


def letter_abstract(head: Head) -> Finding | None:
    """Return the "V/v ..." lines of the left column under the number."""
    top = head.number.bottom if head.number else (head.motto or head.strips[0]).bottom
    bottom = head.addressed.top if head.addressed else top + 14 * head.line
    column = max(head.column + 0.08, 0.5)
    under = [
        s for s in head.below(top - 0.4 * head.line) if s.top < bottom and s is not head.number
    ]
    under = [s for s in under if s.right < column + 0.02 and s.middle < head.column]
    start = next((i for i, s in enumerate(under) if _ABOUT.match(s.plain)), None)
    if start is None and under and head.addressed and _is_subject(under[0], top, head.line):
        start = 0
    if start is None:
        return None
    lines = [under[start]]
    for strip in under[start + 1 :]:
        if strip.top - lines[-1].bottom > 0.9 * head.line or strip.plain.startswith("KINH G"):
            break
        if strip.confidence > 0.6 and not is_rule(strip.text):
            lines.append(strip)
    return _abstract(lines, "abstract:under-number")


def _is_subject(strip: Strip, top: float, line: float) -> bool:
    """Return whether a strip right under the number can be a subject whose "V/v" was misread."""
    return strip.top - top < 1.5 * line and len(strip.words) > 2 and not is_upper(strip.text)


def _abstract(lines: Sequence[Strip], method: str) -> Finding | None:
    text = spaced(" ".join(line.text for line in lines))
    text = re.sub(
        r"^[\W_]+(?=\w)", "", re.sub(r"[\s_*./\-]*(?:[_*/]|\.{2,})[\s_*./\-]*$", "", text)
    )
    text = re.sub(r"^V\s*[/\'.|]\s*[vsVi]\b", "V/v", text)
    if len(packed(text)) < 6:
        return None
    return Finding(text, tuple(lines), method, 0.97 if len(lines) < _MOST_LINES else 0.6)
