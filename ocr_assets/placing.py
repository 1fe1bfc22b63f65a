"""Where each word of a line stands, and which words stand in the same column."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr_assets.cleaning import Gray
from ocr_assets.decoding import Spotted
from ocr_assets.layout import Found

_INK = 170  # darker than this is ink on a cleaned page
_WIDE = 2.2  # line heights of white between two words that belong to two columns
_SPACE = 0.17  # line heights of white after a mark that make a space
_MARKS = ",;:.)"
_HEAD = 0.45  # upper part of a page, where two columns stand side by side
# The right column of a header begins with one of these; the detector joins it to the left one.
_OPENINGS = ("cong hoa xa hoi", "dang cong san viet", "doc lap tu do")


@dataclass(frozen=True, slots=True)
class Given:
    """A reading that was settled elsewhere, and the probability that it is right."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One spotted word and its box on the straightened page; ``given`` is not to be weighed.

    ``is_name``: it stands where a person's name must, so that it is read as one.
    """

    word: Spotted
    box: Found
    given: Given | None = None
    is_name: bool = False


def place(words: Sequence[Spotted], gray: Gray) -> list[Placed]:
    """Return the words of one line with boxes drawn around their ink."""
    if not words:
        return []
    ink = _ink_columns(gray, words[0].line.box)
    parts = [part for word in words for part in _respaced(word, ink)]
    return [Placed(part, _box(part, ink)) for part in parts]


def _respaced(word: Spotted, ink: NDArray[np.bool_]) -> Iterator[Spotted]:
    """Yield ``word``, cut where white follows a mark: the recogniser overlooks such spaces."""
    height = word.line.box[3] - word.line.box[1]
    start = 0
    for i in range(1, len(word.characters)):
        if _may_be_spaced(word.text, i):
            left, right = word.characters[i - 1].peak, word.characters[i].peak
            span = ink[max(0, int(word.line.x(left))) : max(0, int(word.line.x(right + 1)))]
            if _longest_white(span) > _SPACE * height:
                yield word.part(start, i)
                start = i
    yield word.part(start, len(word.characters)) if start else word


def _may_be_spaced(text: str, i: int) -> bool:
    """Return whether a space may stand before character ``i``: after a mark, not in 10:21."""
    if text[i - 1] not in _MARKS or text[i] in _MARKS + "/":
        return False
    return not (text[i].isdigit() and i > 1 and text[i - 2].isdigit())


def _longest_white(ink: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.concatenate(([True], ink, [True])))
    return int(np.diff(edges).max()) - 1


def _ink_columns(gray: Gray, box: Found) -> NDArray[np.bool_]:
    top, bottom = int(box[1]), max(int(np.ceil(box[3])), int(box[1]) + 1)
    return np.asarray((gray[top:bottom] < _INK).any(axis=0))


def _box(word: Spotted, ink: NDArray[np.bool_]) -> Found:
    """Return the word's box: between its neighbours, shrunk to the ink it shows there."""
    line = word.line
    low = max(line.x(word.start), line.x(word.characters[0].first - 3), 0)
    high = min(line.x(word.stop), line.x(word.characters[-1].last + 4), len(ink))
    columns = np.flatnonzero(ink[int(low) : max(int(np.ceil(high)), int(low) + 1)])
    if len(columns):
        low, high = int(low) + int(columns[0]), int(low) + int(columns[-1]) + 1
    return (float(low), line.box[1], float(max(high, low + 1)), line.box[3])


def columns(words: Sequence[Placed], page_height: int) -> Iterator[list[Placed]]:
    """Yield the runs of ``words`` that stand in one column of the page's head."""
    if not words:
        return
    start = 0
    if words[0].box[3] < _HEAD * page_height:
        plain = [_plain(w.word.text) for w in words]
        for i in range(1, len(words)):
            if plain[start:i] == ["so"]:
                continue  # the number may stand far behind "Số:"
            if _opens_column(plain[i:]) or _gap(words[i - 1], words[i]) > _WIDE:
                yield list(words[start:i])
                start = i
    yield list(words[start:])


def _gap(left: Placed, right: Placed) -> float:
    height = left.box[3] - left.box[1]
    return (right.box[0] - left.box[2]) / max(height, 1.0)


def _opens_column(plain: Sequence[str]) -> bool:
    text = " ".join(word for word in plain if word)[:24]
    return bool(plain[0]) and text.startswith(_OPENINGS)


def _plain(text: str) -> str:
    """Return ``text`` in lower case letters a to z only."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in bare if "a" <= c <= "z")


def hull(draft: Sequence[Placed]) -> Found:
    """Return the box around all words of a line."""
    return (
        min(p.box[0] for p in draft),
        min(p.box[1] for p in draft),
        max(p.box[2] for p in draft),
        max(p.box[3] for p in draft),
    )
