"""Where on a page words stand that a search has found there."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from ocr_assets.reading import PageReading

Fractions = tuple[float, float, float, float]
"""Left, top, right and bottom as fractions of the upright page."""
_APART = re.compile(r"[\W_]+")


def places_of(passage: str, reading: PageReading) -> list[Fractions]:
    """Return a box for each line that the words of ``passage`` stand in, where first in a row.

    Marks, capitals and punctuation do not count, nor at which of them a reader parted words. An
    empty list says that the words are not there in a row.
    """
    wanted = "".join(_pieces(passage))
    spelled = [(number, word, "".join(_pieces(word.text)))
               for number, line in enumerate(reading.lines) for word in line.words]  # fmt: skip
    for first in range(len(spelled)):
        run = _run(wanted, [letters for _, _, letters in spelled[first:]]) if wanted else 0
        if run:
            found = spelled[first : first + run]
            lines = groupby(found, key=lambda one: one[0])
            return [_around([word.box for _, word, _ in of_line], reading) for _, of_line in lines]
    return []


def _run(wanted: str, letters: Sequence[str]) -> int:
    """Return how many words from the first spell ``wanted`` exactly; 0 if they do not."""
    if not letters[0]:
        return 0
    so_far = ""
    for count, more in enumerate(letters, 1):
        so_far += more
        if so_far == wanted:
            return count
        if not wanted.startswith(so_far):
            return 0
    return 0


def _pieces(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (piece for piece in _APART.split(letters) if piece)


def _around(boxes: Sequence, reading: PageReading) -> Fractions:
    return (
        round(min(box.left for box in boxes) / reading.width, 5),
        round(min(box.top for box in boxes) / reading.height, 5),
        round(max(box.right for box in boxes) / reading.width, 5),
        round(max(box.bottom for box in boxes) / reading.height, 5),
    )
