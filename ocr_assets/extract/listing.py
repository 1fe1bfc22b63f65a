"""Items of a list set line by line: begun with a dash, ended with a semicolon or a stop."""

import re
from collections.abc import Iterator, Sequence

from ocr_assets.extract.letters import packed, spaced
from ocr_assets.extract.strips import Strip

_BULLET = re.compile(r"^\s*[-–—+*•·~]+\s*")
_END = re.compile(r"[;.]\s*$")


def items_of(lines: Sequence[Strip]) -> Iterator[tuple[str, tuple[Strip, ...]]]:
    """Yield each item's text with the lines it takes up.

    A new item begins with a dash, or after the end of the one before where the list has no dashes.
    """
    has_bullets = any(_BULLET.match(line.text) for line in lines)
    run: list[Strip] = []
    for line in lines:
        is_new = bool(_BULLET.match(line.text))
        if not has_bullets:
            is_new = bool(run) and bool(_END.search(run[-1].text))
        if is_new and run:
            yield from _item(run)
            run = []
        run.append(line)
    yield from _item(run)


def _item(run: Sequence[Strip]) -> Iterator[tuple[str, tuple[Strip, ...]]]:
    text = spaced(" ".join(line.text for line in run))
    text = re.sub(r"[\s;.,:_/]+$", "", _BULLET.sub("", text))
    if len(packed(text)) >= 3:
        yield text, tuple(run)
