"""Whom a document is addressed to: what follows "Kính gửi", one finding an addressee."""

import re
from collections.abc import Iterator, Sequence

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.letters import packed, spaced
from ocr_assets.extract.listing import items_of
from ocr_assets.extract.strips import Strip, part_of

_LABEL = re.compile(r"^\W*K[IL]NH\s*G\w{2}\b\W*")
_APART = 1.6  # heights of a line between two addressees
_DASH = re.compile(r"^\s*[-–+•]")
_MOST_LINES = 20
_BESIDE = 0.05  # of the page's width: what ends before is a stamp beside the addressees


def find_addressees(head: Head) -> list[Finding]:
    """Return the addressees in order; one line may name several, parted by semicolons."""
    if head.addressed is None:
        return []
    lines = list(_lines(head))
    return [
        Finding(name, strips, "addressee:list", 0.96)
        for text, strips in items_of(lines)
        for name in _names(text)
    ]


def _names(text: str) -> Iterator[str]:
    for name in text.split(";"):
        if len(packed(name)) >= 3:
            yield spaced(name.strip(" .,:-"))


def _lines(head: Head) -> Iterator[Strip]:
    """Yield what stands beside "Kính gửi" and below it, up to the body."""
    first = head.addressed
    assert first is not None  # noqa: S101 - find_addressees asked
    own = _rest_of(first, head.strips)
    above = own or first
    if own is not None:
        yield own
    is_ended = own is not None and own.text.endswith(".")
    below = [strip for strip in head.below(first.bottom - 0.3 * first.height) if strip is not first]
    edge = (own or first).left + _BESIDE
    below = [strip for strip in below if strip.right > edge]
    for count, strip in enumerate(below):
        is_far = strip.top - above.bottom > _APART * max(first.height, strip.height)
        if is_ended or is_far or count == _MOST_LINES or not _is_inside(strip, own or first):
            return
        yield strip
        above, is_ended = strip, strip.text.endswith((".", "./"))


def _rest_of(first: Strip, strips: Sequence[Strip]) -> Strip | None:
    """Return what stands right of the label on its row."""
    label = _LABEL.match(first.plain)
    end, at, words = label.end() if label else 0, 0, []
    for word in first.words:
        if at >= end:
            words.append(word)
        at += len(word.text) + 1
    if words:
        return part_of(first, words)
    mates = [strip for strip in strips if strip.left >= first.right and strip.is_beside(first)]
    return min(mates, key=lambda mate: mate.left, default=None)


def _is_inside(strip: Strip, first: Strip) -> bool:
    """Return whether a line is set in like addressees are: dashed, or right of the margin."""
    return bool(_DASH.match(strip.text)) or strip.left > first.left - 0.04
