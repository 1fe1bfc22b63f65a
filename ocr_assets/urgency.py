"""The three degrees of urgency, as they are stamped or printed on a page."""

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

# Letters of a degree, how it is written, and how many letters may be misread.
_DEGREES = {"HOATOC": ("Hỏa tốc", 1), "THUONGKHAN": ("Thượng khẩn", 2), "KHAN": ("Khẩn", 0)}
_TIMED = "HENGIO"  # "Hỏa tốc hẹn giờ": to be there by an hour, of the first degree
_NEAR = 75.0  # percent of letters in place
_FEWEST = 3  # letters: two stand side by side in some degree or other, whatever they are


def degree_of(text: str) -> str | None:
    """Return the degree that ``text`` is, and nothing but that; None where it is none."""
    letters = _letters(text).replace(_TIMED, "")
    for degree, (name, misread) in _DEGREES.items():
        if Levenshtein.distance(letters, degree) <= misread:
            return name
    return None


def may_be_urgent(text: str) -> bool:
    """Return whether a hasty reading of a frame is near a degree: worth a careful one."""
    letters = _letters(text)
    return len(letters) >= _FEWEST and any(
        fuzz.partial_ratio(letters, degree) >= _NEAR for degree in _DEGREES
    )


def degree_among(lines: Sequence[str]) -> str | None:
    """Return the degree that one of the lines is, or all of them together."""
    for line in (*lines, " ".join(lines)):
        degree = degree_of(line)
        if degree is not None:
            return degree
    return None


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(letter for letter in decomposed if "A" <= letter <= "Z")
