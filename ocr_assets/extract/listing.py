"""Items of a list set line by line: begun with a dash, ended with a semicolon or a stop."""

import re
from collections.abc import Iterator, Sequence

from ocr_assets.extract.letters import packed, spaced
from ocr_assets.extract.strips import Strip

_BULLET = re.compile(r"^\s*[-–—+*•·~]+\s*")
_FLUSH = 0.012  # of the page's width
_ROOM = 0.82  # of the page's width: a line that ends before it was not full
_END = re.compile(r"[;.]\s*$")


def items_of(lines: Sequence[Strip]) -> Iterator[tuple[str, tuple[Strip, ...]]]:
    """Yield each item's text with the lines it takes up.

    A new item begins with a dash. Where the list has no dashes it begins after the mark that ends
    the one before, or with a capital where the line before had room for more and did not use it.
    """
    has_bullets = any(_BULLET.match(line.text) for line in lines)
    run: list[Strip] = []
    for line in lines:
        is_new = bool(_BULLET.match(line.text))
        if not has_bullets:
            is_new = bool(run) and (_is_ended(run[-1]) or _stands_alone(line, run[-1]))
        if is_new and run:
            yield from _item(run)
            run = []
        run.append(line)
    yield from _item(run)


def _is_ended(line: Strip) -> bool:
    return bool(_END.search(line.text))


def _stands_alone(line: Strip, above: Strip) -> bool:
    """Return whether a line is no continuation: flush with the one above, which ends early."""
    is_flush = abs(line.left - above.left) < _FLUSH
    is_open = above.text.endswith((",", "-", "và", "của", "&")) or above.right > _ROOM
    return is_flush and not is_open and line.text[:1].isupper()


def _item(run: Sequence[Strip]) -> Iterator[tuple[str, tuple[Strip, ...]]]:
    text = spaced(" ".join(line.text for line in run))
    text = re.sub(r"[\s;.,:_/]+$", "", _BULLET.sub("", text))
    if len(packed(text)) >= 3:
        yield text, tuple(run)
