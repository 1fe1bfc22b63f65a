"""Vietnamese letters: one spelling for equal text, and a form without marks for comparing.

OCR errs mostly in tone marks, so closed lists are compared without any.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Cyrillic and Greek letters that look Latin, and the Icelandic eth that Tesseract reads for Đ.
_LOOKALIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧÐ–—−‐‑",
    "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXĐ-----",
)
_RULE = re.compile(r"^[\W_]+$")


def clean(text: str) -> str:
    """Return ``text`` in NFC with visible Latin letters, plain dashes and single spaces."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LOOKALIKE)
    return " ".join(text.replace("\u00a0", " ").split())


@lru_cache(maxsize=4096)  # asked for every letter of every line, several times
def _bare(letter: str) -> str:
    if letter in "đĐ":
        return "D"
    return unicodedata.normalize("NFD", letter)[0].upper()[0]


def plain(text: str) -> str:
    """Return ``text`` in capitals without marks, letter for letter (positions are kept)."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


def packed(text: str) -> str:
    """Return only the letters and digits of ``text``, in capitals without marks."""
    return re.sub(r"[\W_]+", "", plain(text))


def likeness(left: str, right: str) -> float:
    """Return 0..1: how alike two texts are, marks, case, spaces and punctuation aside."""
    return fuzz.ratio(packed(left), packed(right)) / 100


def is_rule(text: str) -> bool:
    """Return whether ``text`` is a drawn rule or dirt: nothing but punctuation."""
    return not text or bool(_RULE.match(text))


def is_upper(text: str) -> bool:
    """Return whether at least nine in ten letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= 2 and capitals >= 0.9 * len(letters)


def spaced(text: str) -> str:
    """Return prose with the space after commas and semicolons that readers drop."""
    text = re.sub(r"\s+([,;.])", r"\1", text)
    return " ".join(re.sub(r"([,;])(?=[^\W\d])", r"\1 ", text).split())
