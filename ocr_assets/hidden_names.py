"""A name under a seal or a signature: looked for, row by row, below the post that it belongs to.

The detector of lines leaves out what strokes run through, and cuts a name where a rim crosses it.
The recogniser reads such names well enough, once it is shown where one must stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product

import numpy as np

from ocr_assets import decoding
from ocr_assets.cleaning import Gray
from ocr_assets.decoding import Candidate, Spotted
from ocr_assets.extract.letters import is_upper
from ocr_assets.extract.signer import is_of_names, is_post_line, name_of
from ocr_assets.layout import Found
from ocr_assets.posteriors import LinePosteriors, Recogniser
from ocr_assets.red_ink import unread

_RIGHT = 0.3  # of the width: who signs stands right of this
_REACH = (1.0, 15.0)  # line heights below the post between which a name stands
_HALF = 7.0  # line heights to either side of the post's middle
_STEP = 0.3  # line heights from one row to the next; a row read a third too high is still read
_SIDEWAYS = 0.17  # of the width: a name farther from the post's middle is another's
_CLOSER = tuple(product((-0.15, 0.0, 0.15), (0.85, 1.0, 1.2)))  # where and how high, second look
_ROOM = 0.6  # line heights left and right of what the first look saw
_LOOKED_AT = 2  # rows of the first look that are looked at more closely
_SYLLABLES = 5  # of the longest names
_LOW = 2  # words in small letters make running text
_LETTERS, _CERTAIN = 5, 0.72  # a row with fewer, or less certain ones, is a scrawl
_NAMED = 0.15  # what it is worth that a row is a name
_KNOWN = 0.1  # what it is worth that all its syllables are ones that names are made of
_TOLD = 0.9  # probability of a word's weakest letter
_NEAR, _FAR = np.log(0.01), -np.inf  # log ratio to the likeliest reading
_SURE = 0.9  # how much a line is like a name that needs no second look: its surname is a known one


@dataclass(frozen=True)
class Row:
    """A line on the page: its box, its words, and how likely its letters are right, on average."""

    box: Found
    text: str
    certainty: float

    @property
    def is_told(self) -> bool:
        """Return whether it is print that was read well, and no part of a name."""
        letters = sum(map(str.isalnum, self.text))
        return self.certainty >= _TOLD and letters >= _LETTERS and not self._may_be_torn

    @property
    def _may_be_torn(self) -> bool:
        """Return whether it may be what is left of a name: ``ức Lan``, ``hamVăn Phương``."""
        words = self.text.split()
        is_titled = all(word[0].isupper() for word in words[1:])
        return len(words) <= _SYLLABLES and is_titled and not is_upper(self.text)

    @property
    def is_running(self) -> bool:
        """Return whether it is a line of text that goes on, as none does below a signature."""
        return self.is_told and sum(word.islower() for word in self.text.split()) >= _LOW


@dataclass(frozen=True)
class Seen:
    """A name as it was read, and on which picture of the page."""

    line: LinePosteriors
    words: list[Spotted]
    picture: Gray

    @property
    def text(self) -> str:
        """Return the words, spaced."""
        return " ".join(word.text for word in self.words)

    @property
    def worth(self) -> float:
        """Return how well it reads, more where it reads like a name."""
        certain = [np.exp(c.score) for word in self.words for c in word.characters]
        if len(certain) < _LETTERS:
            return 0.0
        named = _NAMED * (name_of(self.text) is not None)
        return float(np.mean(certain)) + named + _KNOWN * is_of_names(self.text)


def of_names(rivals: list[Candidate], certainty: float) -> list[Candidate]:
    """Return what of ``rivals`` (the likeliest first) names are made of; all, if nothing near is.

    A word read with ``certainty`` is only given up for what was read nearly as well.
    """
    least = _FAR if certainty < _TOLD else _NEAR
    return [c for c in rivals if c.score >= least and is_of_names(c.text)] or rivals


def nameless_posts(rows: Sequence[Row], width: int) -> list[Found]:
    """Return the lowest post of each signing block that has no name below it."""
    posts = [row.box for row in rows if _is_signing(row, width)]
    lowest = [post for post in posts if not any(_is_below(other, post, width) for other in posts)]
    others = [row for row in rows if row.box not in posts]
    return [post for post in lowest if not any(_ends(row, post, width) for row in others)]


def is_hidden(found: Found, rows: Sequence[Row]) -> bool:
    """Return whether nothing that was read well runs through the box ``found``."""
    return all(unread(row.box, [found]) for row in rows if row.is_told)


def _is_signing(row: Row, width: int) -> bool:
    left, _, right, _ = row.box
    return (left + right) / 2 > _RIGHT * width and is_post_line(row.text)


def _is_below(other: Found, post: Found, width: int) -> bool:
    """Return whether ``other`` stands below ``post`` and within its reach."""
    height = post[3] - post[1]
    sideways = abs((other[0] + other[2]) - (post[0] + post[2])) / 2
    return 0 < other[1] - post[1] < _REACH[1] * height and sideways < _SIDEWAYS * width


def _ends(row: Row, post: Found, width: int) -> bool:
    """Return whether a row shows that nobody is sought: the name itself, or text that goes on."""
    within = 0 < row.box[1] - post[1] < _REACH[1] * (post[3] - post[1])
    if within and row.is_running and row.box[0] < (post[0] + post[2]) / 2 < row.box[2]:
        return True
    named = name_of(row.text) if _is_below(row.box, post, width) else None
    return named is not None and named[1] >= _SURE and is_of_names(named[0])


class NameSeeker:
    """Reads below posts."""

    def __init__(self, recogniser: Recogniser) -> None:
        """Read with ``recogniser``."""
        self._recogniser = recogniser

    def below(self, post: Found, pictures: Sequence[Gray]) -> Seen | None:
        """Return the name below ``post`` on one of the ``pictures`` of a page, or None."""
        seen = [one for picture in pictures for one in self._seek(post, picture)]
        best = max(seen, key=lambda one: one.worth, default=None)
        return best if best and best.worth >= _CERTAIN + _NAMED else None

    def _seek(self, post: Found, picture: Gray) -> Iterator[Seen]:
        height = post[3] - post[1]
        first = self._read(picture, list(_windows(post, picture)))
        for rough in sorted(first, key=lambda one: -one.worth)[:_LOOKED_AT]:
            if rough.worth > 0:
                yield from self._read(picture, list(_closer(rough, height, picture)))

    def _read(self, picture: Gray, boxes: list[Found]) -> Iterator[Seen]:
        alphabet = self._recogniser.alphabet
        for line in self._recogniser.read(picture, boxes):
            words = decoding.words(line, alphabet)
            yield Seen(line, list(_from_surname(words)) or words, picture)


def _from_surname(words: Sequence[Spotted]) -> Iterator[Spotted]:
    """Yield the words from where they are a name: what strokes before it look like is left out."""
    for first, word in enumerate(words):
        for at, letter in enumerate(word.text):
            rest = " ".join([word.text[at:], *(later.text for later in words[first + 1 :])])
            named = name_of(rest) if letter.isupper() else None
            if named and named[1] >= _SURE:
                yield from _syllables(word.part(at, len(word.characters)))
                yield from chain.from_iterable(map(_syllables, words[first + 1 :]))
                return


def _syllables(word: Spotted) -> Iterator[Spotted]:
    """Yield the parts of a word that begin with a capital; spaces are the first to be lost."""
    text = word.text
    starts = [i for i in range(1, len(text)) if text[i].isupper() and text[i - 1].islower()]
    for first, end in pairwise([0, *starts, len(text)]):
        yield word.part(first, end)


def _windows(post: Found, picture: Gray) -> Iterator[Found]:
    left, top, right, bottom = post
    height, middle = bottom - top, (left + right) / 2
    width = picture.shape[1]
    nearest, farthest = (bottom + reach * height for reach in _REACH)
    for y in np.arange(nearest, min(farthest, picture.shape[0] - height), _STEP * height):
        yield max(0.0, middle - _HALF * height), y, min(width, middle + _HALF * height), y + height


def _closer(seen: Seen, height: float, picture: Gray) -> Iterator[Found]:
    characters = [c for word in seen.words for c in word.characters]
    left = max(0.0, seen.line.x(characters[0].first) - _ROOM * height)
    right = min(float(picture.shape[1]), seen.line.x(characters[-1].last + 1) + _ROOM * height)
    middle = (seen.line.box[1] + seen.line.box[3]) / 2
    for shift, tall in _CLOSER:
        centre, half = middle + shift * height, tall * height / 2
        yield left, centre - half, right, centre + half
