"""Where a document was issued: what the date line names before the comma."""

import re
from collections.abc import Sequence

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.date_line import DateLine, date_lines
from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.letters import packed, plain
from ocr_assets.extract.lists import PLACES
from ocr_assets.extract.strips import Strip, part_of
from ocr_assets.reading import Word

_KNOWN = {packed(place): place.title() for place in PLACES}
_NEAR_LINES = 12  # between the letterhead's anchor and the line, in heights of a line


def find_place(head: Head, others: Sequence[Strip], agencies: Sequence[str] = ()) -> Finding | None:
    """Return the place of issue; ``others`` are strips of the signing page, a second choice.

    ``agencies`` are names of the authority file: places that stand in them are spelled as there.
    """
    for strips, weight in ((head.strips, 1.0), (others, 0.7)):
        lines = list(date_lines(strips))
        if lines:
            nearest = min(lines, key=lambda line: _distance(line, head))
            return _finding(nearest, agencies, weight)
    return None


def _distance(line: DateLine, head: Head) -> float:
    anchor = head.number or head.motto or head.title
    return abs(line.strip.top - anchor.top) / head.line if anchor else _NEAR_LINES


def _finding(line: DateLine, agencies: Sequence[str], weight: float) -> Finding | None:
    words = _words_of(line)
    if not words:
        return None
    value, is_known = spelled_place(line.place, agencies)
    strip = part_of(line.strip, words)
    trust = weakest(words)
    return Finding(value, (strip,), "place:date-line", weight * (0.99 if is_known else 0.95), trust)


def _words_of(line: DateLine) -> list[Word]:
    """Return the words of the strip that make up the place: the first ones."""
    wanted, got, words = packed(line.place), "", []
    for word in line.strip.words:
        if got == wanted:
            break
        got += packed(word.text)
        words.append(word)
    return words


def spelled_place(text: str, agencies: Sequence[str]) -> tuple[str, bool]:
    """Return a place with names that are known spelled right, and whether it is known.

    Known are provinces, and what agencies of the authority file are called after;
    ``TP. Hồ Chí Minh`` keeps what stands before the name.
    """
    text = re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_])", ". ", text)
    if packed(text) in _KNOWN:
        return _KNOWN[packed(text)], True
    for bare, name in _KNOWN.items():
        letters = r"[\W_]*".join(map(re.escape, bare))
        match = re.search(rf"(?<![A-Z0-9]){letters}$", plain(text))
        if match:
            return text[: match.start()] + name, True
    return _as_in(agencies, text) or (text, False)


def _as_in(agencies: Sequence[str], text: str) -> tuple[str, bool] | None:
    """Return a place as the end of an agency's name spells it, "Ủy ban nhân dân xã Thuận An"."""
    end = re.compile(rf"(?<![A-Z0-9]){re.escape(plain(text))}$")
    for agency in agencies:
        match = end.search(plain(agency))
        if match:
            named = agency[match.start() :]
            return (text if named.isupper() else named), True
    return None
