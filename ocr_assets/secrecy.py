"""State secrets may not enter: what is declared or stamped as one is found here, and nothing kept.

A secrecy stamp is a word or two in capitals, in a frame of its own, at the upper left of a page
under the number and symbol; an attachment has one as well. In red it is found by its frame,
wherever it stands. Forms have a line for it: ``Độ mật: Mật``. The same words inside a sentence
are no stamp.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocr_assets.reading import Box, Line, PageReading, Word

#: Values of the manifest's column ``secrecy`` that stand for no secret at all.
_NO_SECRET = frozenset({"", "thuong"})
DEGREES = frozenset({"mat", "toi_mat", "tuyet_mat"})

_STAMPS = {"MAT": 0, "TOIMAT": 1, "TUYETMAT": 2}  # letters, and how many may be misread
_IN_A_FRAME = {"MAT": 1, "TOIMAT": 2, "TUYETMAT": 3}
_NEAR = 60.0  # percent of letters in place: drawn stamps have 91 and more, others 67 at most
_SPECIMEN = "MAU"  # another stamp in a red frame, one letter away
_FRAME = "IlL1J|[]()!"  # what the sides of a frame are read as
_LINE = re.compile(r"^(muc)?domat(daxacdinh)?(toimat|tuyetmat|mat)$")
_ZONE = Box(left=0, top=4, right=50, bottom=42)  # percent of the page: upper left
_CAPITALS = 0.6  # of the letters: a reader may slip into small ones
_GAP = 1.2  # words farther apart than this many heights do not belong together


def is_declared_secret(secrecy: str) -> bool:
    """Return whether a manifest's word declares a secret; an unknown word is taken for one."""
    return secrecy.strip().lower() not in _NO_SECRET


def bears_secrecy_stamp(readings: Sequence[PageReading]) -> bool:
    """Return whether any page bears a secrecy stamp, however its tone marks were read."""
    return any(map(_is_secret, readings))


def may_be_degree(text: str) -> bool:
    """Return whether a hasty reading of a frame is anywhere near a degree: worth a careful one."""
    letters = _plain(text).upper()
    return any(fuzz.partial_ratio(letters, stamp) >= _NEAR for stamp in _STAMPS)


def _is_secret(page: PageReading) -> bool:
    groups = (group for line in page.lines for group in _groups(line))
    return (
        any(_is_stamp(group) and _is_in_zone(group, page) for group in groups)
        or any(_is_framed_stamp(stamp) for stamp in page.stamps)
        or any(_states_a_degree(line.text) for line in page.lines)
    )


def _is_framed_stamp(text: str) -> bool:
    """Return whether a line of what stands in a frame is a degree; a letter more may be wrong."""
    lines = [_plain(line).upper() for line in (*text.split("\n"), text)]
    return any(_is_degree(line, _IN_A_FRAME) for line in lines if line != _SPECIMEN)


def _states_a_degree(line: str) -> bool:
    """Return whether a line of a form says which degree of secrecy the document has."""
    head, colon, degree = line.partition(":")
    if not colon or not degree.strip(" .…_"):
        return False
    return bool(_LINE.match(_plain((head + degree).upper()).lower()))


def _groups(line: Line) -> Iterator[tuple[Word, ...]]:
    """Yield runs of words that stand together: two columns are often read as one line."""
    group: list[Word] = []
    for word in line.words:
        if group and word.box.left - group[-1].box.right > _GAP * max(word.box.height, 1):
            yield tuple(group)
            group = []
        group.append(word)
    if group:
        yield tuple(group)


def _is_stamp(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words).strip(_FRAME)
    letters = _plain(text)
    if sum(letter.isupper() for letter in letters) < _CAPITALS * len(letters):
        return False
    letters = letters.upper()
    # the side of a frame is read as a letter of the one word in it
    beside = {letters[1:], letters[:-1]} if len(words) == 1 else set()
    return _is_degree(letters, _STAMPS) or "MAT" in beside


def _is_degree(letters: str, misread: Mapping[str, int]) -> bool:
    return any(
        Levenshtein.distance(letters, stamp) <= allowed for stamp, allowed in misread.items()
    )


def _plain(text: str) -> str:
    """Return the letters alone, without tones, hats, frames and dots."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D"))
    return "".join(letter for letter in decomposed if letter.isalpha())


def _is_in_zone(words: Sequence[Word], page: PageReading) -> bool:
    x = (words[0].box.left + words[-1].box.right) / 2 / page.width * 100
    y = (words[0].box.top + words[0].box.bottom) / 2 / page.height * 100
    return _ZONE.left <= x <= _ZONE.right and _ZONE.top <= y <= _ZONE.bottom
