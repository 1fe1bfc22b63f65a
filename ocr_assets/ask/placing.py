"""Where a value that a model gave stands in the text as read; what stands nowhere is not believed.

A name or a sentence is found without marks, case, spaces and punctuation, as readers err in those;
a number letter by letter, as another separator makes it another number. A date is found as a day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ocr_assets.extract.letters import clean, packed, plain
from ocr_assets.extract.strips import Strip, part_of
from ocr_assets.reading import Word

_FEWEST = 2  # letters that a value needs to be found by
_MOST_STRIPS = 12
_LONGER = 2  # so many times as long as the text: the value is mostly punctuation of its own
_AROUND = " ,;:.()[]\"'“”‘’"  # what a sentence puts around a value
_NUMBER = re.compile(r"[0-9]+[^\W\d_]?(/[0-9]{4})?[/-][^\W\d_][\w&/.-]{0,60}")


@dataclass(frozen=True, slots=True)
class Place:
    """The strips that a value stands on, cut to its words, and how it is spelt there."""

    strips: tuple[Strip, ...]
    spelling: str


def place_of(name: str, value: str, pages: Sequence[Sequence[Strip]]) -> Place | None:
    """Return the first place of ``value``; None where it does not stand.

    A date is spelt as it came, year-month-day; all else as the text spells it.
    """
    if name == "date":
        return _date_place(value, pages)
    if name == "number":
        return next((found for page in pages if (found := _number_place(value, page))), None)
    wanted = packed(value)
    if len(wanted) < _FEWEST:
        return None
    found = next((found for page in pages if (found := _on_page(wanted, page))), None)
    return found if found and len(clean(value)) <= _LONGER * len(found.spelling) else None


def _on_page(wanted: str, page: Sequence[Strip]) -> Place | None:
    """Return the first run of words in reading order that spells ``wanted``."""
    words = [(strip, word, packed(word.text)) for strip in page for word in strip.words]
    for start in range(len(words)):
        spelt, end = "", start
        while end < len(words) and wanted.startswith(spelt) and len(spelt) < len(wanted):
            spelt += words[end][2]
            end += 1
        if spelt == wanted and words[start][2]:
            run = [(strip, word) for strip, word, _ in words[start:end]]
            return _cut(run, " ".join(word.text for _, word in run).strip(_AROUND))
    return None


def _number_place(value: str, page: Sequence[Strip]) -> Place | None:
    """Return where the number stands whole, only case and spaces aside."""
    number = re.sub(r"\s*([/-])\s*", r"\1", clean(value))
    if not _NUMBER.fullmatch(number):
        return None
    letters = re.sub(r"(/|\\-)", r"\\s*\1\\s*", re.escape(number))
    whole = rf"(?<![\w/-])(?<![/-]\s)(?<!\d[\s.]){letters}(?!\s*[/-])(?!\.?\w)"
    words = [(strip, word) for strip in page for word in strip.words]
    found = re.search(whole, " ".join(word.text for _, word in words), re.IGNORECASE)
    if not found:
        return None
    run, begin = [], 0
    for strip, word in words:
        end = begin + len(word.text)
        if begin < found.end() and end > found.start():
            run.append((strip, word))
        begin = end + 1
    return _cut(run, "".join(found.group().split()))


def _cut(run: Sequence[tuple[Strip, Word]], spelling: str) -> Place | None:
    strips = list(dict.fromkeys(strip for strip, _ in run))
    if len(strips) > _MOST_STRIPS:
        return None
    chosen = {id(word) for _, word in run}
    cut = (part_of(strip, [w for w in strip.words if id(w) in chosen]) for strip in strips)
    return Place(tuple(cut), spelling)


def _date_place(value: str, pages: Sequence[Sequence[Strip]]) -> Place | None:
    """Return the strip that writes the day: "ngày 19 tháng 4 năm 2025", or 19/4/2025."""
    try:
        day_of = date.fromisoformat(value)
    except ValueError:
        return None  # 31 February, say
    year, month, day = day_of.year, day_of.month, day_of.day
    long = rf"\b0?{day}\s*THANG\s*0?{month}\s*NAM\s*{year}\b"
    short = rf"\b0?{day}\s*[/.-]\s*0?{month}\s*[/.-]\s*{year}\b"
    written = re.compile(f"{long}|{short}")
    return next(
        (Place((strip,), value) for strip in _all(pages) if written.search(plain(strip.text))), None
    )


def _all(pages: Sequence[Sequence[Strip]]) -> Iterator[Strip]:
    for page in pages:
        yield from page
