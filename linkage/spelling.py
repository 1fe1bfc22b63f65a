"""One spelling for equal values, and a form without marks, as the comparisons need them."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_PAIR = re.compile(rf"(o|u)([{_TONES}])(a|e|y)(?![\w{_TONES}])")
_PAIRS = frozenset({"oa", "oe", "uy"})
_NO_WORD = re.compile(r"[\W_]+")


def spelled(text: str) -> str:
    """Return ``text`` in small letters, single spaces, tone marks where today's rule puts them.

    ``HÒA`` and ``HOÀ`` become one; ``của`` keeps its mark, for ``ua`` is no such pair.
    """
    loose = unicodedata.normalize("NFD", text.lower())
    moved = _OPEN_PAIR.sub(_moved, loose)
    return " ".join(unicodedata.normalize("NFC", moved).split())


def _moved(found: re.Match[str]) -> str:
    first, tone, second = found.groups()
    return f"{first}{second}{tone}" if first + second in _PAIRS else found.group()


def letters(text: str) -> str:
    """Return ``text`` in small letters and digits without marks, words apart by one space."""
    loose = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(mark for mark in loose if not unicodedata.combining(mark))
    return _NO_WORD.sub(" ", bare).strip()


def name_parts(name: str) -> tuple[str | None, str | None, str | None]:
    """Return family, middle and given name of a Vietnamese name; what is not there is None."""
    words = spelled(name).split()
    if not words:
        return None, None, None
    if len(words) == 1:
        return None, None, words[0]
    return words[0], " ".join(words[1:-1]) or None, words[-1]
