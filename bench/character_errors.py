"""Errors of characters by kind: the letter itself, its tone, its vowel mark, digits, other signs.

A wrong tone changes a word and is one character in a plain CER, as a speck read as a comma is.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

KINDS = ("letter", "tone", "vowel mark", "digit", "other")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_MARKS = {"\u0302", "\u0306", "\u031b"}


def parts(character: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return base letter, tones and vowel marks; the stroke of Đ counts as a mark."""
    pieces = unicodedata.normalize("NFD", character.replace("đ", "d\u031b").replace("Đ", "D\u031b"))
    tones = frozenset(pieces) & _TONES
    return pieces[:1], tones, frozenset(pieces) & _MARKS


def kinds(was: str, read: str) -> Iterable[str]:
    """Yield what is wrong where ``was`` (may be empty) was taken for ``read`` (may be empty)."""
    told = was or read
    if told.isdigit() or read.isdigit():
        yield "digit"
    elif not told.isalpha() or not (was and read) or not read.isalpha():
        yield "letter" if told.isalpha() else "other"
    else:
        (base, tone, mark), (base_, tone_, mark_) = parts(was), parts(read)
        if base != base_:
            yield "letter"
        else:
            yield from ["tone"] * (tone != tone_) + ["vowel mark"] * (mark != mark_)


def errors(truth: str, read: str) -> Counter[str]:
    """Count the errors in ``read`` by kind; both in NFC."""
    found: Counter[str] = Counter()
    for edit in Levenshtein.editops(truth, read):
        was = truth[edit.src_pos] if edit.tag != "insert" else ""
        seen = read[edit.dest_pos] if edit.tag != "delete" else ""
        found.update(kinds(was, seen))
    return found


def of(truth: str) -> Counter[str]:
    """Count what there is to get wrong: tones and marks in each letter, whether it bears one."""
    counts = Counter(
        "letter" if c.isalpha() else "digit" if c.isdigit() else "other" for c in truth
    )
    return counts + Counter({"tone": counts["letter"], "vowel mark": counts["letter"]})
