"""How headings are compared: to the letter, or as they read without marks, case and signs."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

_NOT_A_LETTER = re.compile(r"[\W_]+")


def marked(text: str) -> str:
    """Return a heading as compared to the letter: composed, small, with single blanks."""
    small = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_NOT_A_LETTER.sub(" ", small).split())


def plain(text: str) -> str:
    """Return a heading as compared without its marks."""
    split = unicodedata.normalize("NFD", marked(text)).replace("đ", "d")
    return "".join(sign for sign in split if not unicodedata.combining(sign))


class Names:
    """Headings of a form as compared in one way."""

    def __init__(self, headings: Mapping[str, Sequence[str]], way: Callable[[str], str]) -> None:
        self._way = way
        self._columns: dict[str, str] = {}
        for column, names in headings.items():
            for name in names:
                self._columns.setdefault(way(name), column)

    def __contains__(self, name: str) -> bool:
        return self._way(name) in self._columns

    def __getitem__(self, name: str) -> str:
        return self._columns[self._way(name)]
