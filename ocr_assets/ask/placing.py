"""Where a value that a model gave stands in the text as read; what stands nowhere is not believed.

Letters are compared without marks, case, spaces and punctuation, as readers err in those.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ocr_assets.extract.letters import packed, plain
from ocr_assets.extract.strips import Strip, part_of
from ocr_assets.reading import Word

_FEWEST = 2  # letters that a value needs to be found by
_MOST_STRIPS = 12


def place_of(name: str, value: str, pages: Sequence[Sequence[Strip]]) -> tuple[Strip, ...]:
    """Return the strips that ``value`` stands on, cut to its words; none where it does not."""
    if name == "date":
        return _date_place(value, pages)
    wanted = packed(value)
    if len(wanted) < _FEWEST:
        return ()
    return next((found for page in pages if (found := _on_page(wanted, page))), ())


def _on_page(wanted: str, page: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return the first run of words in reading order that spells ``wanted``, strip by strip."""
    words = [(strip, word, packed(word.text)) for strip in page for word in strip.words]
    for start in range(len(words)):
        spelt, end = "", start
        while end < len(words) and wanted.startswith(spelt) and len(spelt) < len(wanted):
            spelt += words[end][2]
            end += 1
        if spelt == wanted and words[start][2]:
            return _cut(words[start:end])
    return ()


def _cut(run: Sequence[tuple[Strip, Word, str]]) -> tuple[Strip, ...]:
    strips = list(dict.fromkeys(strip for strip, _, _ in run))
    if len(strips) > _MOST_STRIPS:
        return ()
    chosen = {id(word) for _, word, _ in run}
    return tuple(part_of(strip, [w for w in strip.words if id(w) in chosen]) for strip in strips)


def _date_place(value: str, pages: Sequence[Sequence[Strip]]) -> tuple[Strip, ...]:
    """Return the strip that writes the day: "ngày 19 tháng 4 năm 2025", or 19/4/2025."""
    try:
        day_of = date.fromisoformat(value)
    except ValueError:
        return ()  # 31 February, say
    year, month, day = day_of.year, day_of.month, day_of.day
    long = rf"\b0?{day}\s*THANG\s*0?{month}\s*NAM\s*{year}\b"
    short = rf"\b0?{day}\s*[/.-]\s*0?{month}\s*[/.-]\s*{year}\b"
    written = re.compile(f"{long}|{short}")
    return next(((strip,) for strip in _all(pages) if written.search(plain(strip.text))), ())


def _all(pages: Sequence[Sequence[Strip]]) -> Iterator[Strip]:
    for page in pages:
        yield from page
