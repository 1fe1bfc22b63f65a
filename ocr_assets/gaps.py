"""Where a hand, or a stamp, writes into a printed line: the number, the day and the month."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr_assets.decoding import Character, Spotted
from ocr_assets.placing import Given, Placed

NUMBER, DAY, MONTH = "number", "day", "month"

_SYMBOL = r"(?:(?:19|20)\d\d/)?[A-ZĐ]{2,}"  # what follows a number: /UBND, -CT, /2020/NĐ
_NUMBER = re.compile(
    r"^\W*s[o06]{0,2}\s?[:;.,]{0,2}(?P<number>.{0,12}?)"
    rf"(?:[/-](?=\s?{_SYMBOL})|(?<= )[71lI|](?=[A-ZĐ]{{2,}}-))"  # a slash can look like 7 or 1
)
_MISREAD_SLASH = re.compile(r"[71lI|][A-ZĐ]{2,}-")
_DATE = re.compile(r"n[gq]ay(?P<day>.{0,9}?)t?h[ao]ng(?P<month>.{0,7}?)n[ao]m")
_SURE = -0.05  # log probability of a printed digit
_HEAD = 0.45  # numbers and dates stand in the upper part of a page


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a line, from one character position up to another, and what stands in it."""

    kind: str
    first: int  # character positions within the line, spaces not counted
    end: int
    left: float  # where it begins and ends on the page
    right: float
    text: str


def gaps(words: Sequence[Placed], page_height: int) -> list[Gap]:
    """Return the stretches of a line in which a number, a day or a month may be handwritten."""
    if not words or words[0].box[1] > _HEAD * page_height:
        return []
    characters = [c for placed in words for c in placed.word.characters]
    text, positions = _flat(words)
    return [
        Gap(kind, first, end, *_edges(words, characters, first, end), text[low:high].strip())
        for kind, low, high in _found(text)
        for first, end in [(positions[low], positions[high])]
    ]


def _flat(words: Sequence[Placed]) -> tuple[str, list[int]]:
    """Return the line's text, and for each place in it how many characters stand before."""
    text, positions, count = "", [], 0
    for placed in words:
        if text:
            text += " "
            positions.append(count)
        for c in placed.word.text:
            text += c
            positions.append(count)
            count += 1
    return text, [*positions, count]


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    folded = _folded(text)
    # the symbol after the number is told by its capitals, so only the start is folded
    number = _NUMBER.search(folded[:3].lower() + folded[3:])
    if number:
        yield NUMBER, *number.span("number")
    date = _DATE.search(folded.lower())
    if date:
        yield DAY, *date.span("day")
        yield MONTH, *date.span("month")


def _folded(text: str) -> str:
    """Return ``text`` without marks, as many characters as before."""
    bare = (unicodedata.normalize("NFD", c)[0] for c in text)
    return "".join("d" if c == "đ" else c for c in bare)


def _edges(
    words: Sequence[Placed], characters: Sequence[Character], first: int, end: int
) -> tuple[float, float]:
    """Return the page x between the printed characters on both sides of a gap."""
    line = words[0].word.line
    left = line.x(characters[first - 1].last + 1) if first else words[0].box[0]
    right = line.x(characters[end].first) if end < len(characters) else words[-1].box[2]
    return left, max(right, left + 1)


def is_printed(words: Sequence[Placed], gap: Gap) -> bool:
    """Return whether the recogniser is sure of every digit in ``gap``.

    A lone digit is not enough for a day: of two that a hand has run together often one is read.
    """
    if gap.kind == DAY and len(gap.text) < 2:
        return False
    inside = [c for placed in words for c in placed.word.characters][gap.first : gap.end]
    return gap.text.isdigit() and all(c.score > _SURE for c in inside)


def filled(words: Sequence[Placed], gap: Gap, given: Given) -> list[Placed]:
    """Return the words of a line with ``given`` in place of what stood in ``gap``."""
    parts: list[Placed] = []
    count = 0
    for placed in words:
        if placed.given:  # filled before this gap, and without a character of its own to count
            parts.append(placed)
            continue
        size = len(placed.word.characters)
        before, behind = min(gap.first - count, size), max(gap.end - count, 0)
        for first, end in ((0, before), (behind, size)):
            if first < end:
                follows = first + count == gap.end
                parts.append(_with_slash(_part(placed, first, end), follows=follows))
        count += size
    line = words[0].word.line
    empty = Spotted(line, (), 0, 0, "")
    parts.append(Placed(empty, (gap.left, line.box[1], gap.right, line.box[3]), given))
    return sorted(parts, key=lambda part: part.box[0] + part.box[2])


def _with_slash(placed: Placed, *, follows: bool) -> Placed:
    """Return the symbol that follows a number with its slash, where it was read as a 7 or 1."""
    text = placed.word.text
    if not (follows and _MISREAD_SLASH.match(text)):
        return placed
    return Placed(placed.word, placed.box, Given("/" + text[1:], placed.word.certainty**0.5))


def _part(placed: Placed, first: int, end: int) -> Placed:
    characters = placed.word.characters
    if end - first == len(characters):
        return placed
    word = placed.word.part(first, end)
    left, top, right, bottom = placed.box
    line = placed.word.line
    if first:
        left = max(left, line.x(characters[first].first))
    if end < len(characters):
        right = min(right, line.x(characters[end - 1].last + 1))
    return Placed(word, (left, top, max(right, left + 1), bottom))
