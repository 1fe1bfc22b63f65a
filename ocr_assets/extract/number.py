"""Number and symbol: three grammars, and the digits a pen leaves behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import NUMBER_LINE
from ocr_assets.extract.letters import plain
from ocr_assets.extract.lists import SYMBOLS, TYPES
from ocr_assets.extract.strips import Strip
from ocr_assets.reading import Word

# What readers write for a handwritten digit. The Vietnamese 1 with its long up-stroke comes out
# as A, M or a slash (measured on real scans); anything else is marked as unread.
_DIGITS = str.maketrans(
    {"O": "0", "Q": "0", "I": "1", "L": "1", "A": "1", "M": "1", "|": "1", "!": "1", "/": "1"}
    | {"Z": "2", "H": "4", "S": "5", "G": "6", "T": "7", "B": "8"}
)
UNREAD = "?"
_LEGAL = re.compile(r"^(?P<no>[^/]{1,6}?)\s*/\s*(?P<year>(?:19|20)\d\d)\s*/\s*(?P<symbol>\S+)")
_STATE = re.compile(r"^(?P<no>.{0,10}?)\s*/\s*(?P<symbol>[^\W\d]\S+)")
_PARTY = re.compile(
    r"^(?:(?P<no>[^\-]{0,8}?)\s*-\s*|(?P<bare>\d{1,4})\s*)(?P<symbol>[^\W\d][\w.]*/\S+)"
)
# Before 1998 or so: 45 TC/TCT, 327-CT.
_OLD = re.compile(
    r"^(?P<no>\d{1,5})(?P<joint>\s+|\s*-\s*)(?P<symbol>[A-ZĐ]{1,6}(?:[/.-][A-ZĐ]\w*){0,3})$"
)
# The stroke of Đ must be read where both spellings are codes (HD and HĐ, DA and ĐA, CĐ).
_AMBIGUOUS = frozenset({"HD", "DA", "CD"})
_KNOWN = {plain(piece): piece for piece in (*TYPES, *SYMBOLS) if plain(piece) not in _AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Form:
    """A number as one of the grammars reads it."""

    grammar: str
    digits: str
    symbol: str
    value: str
    is_bare: bool = False  # the dash of a Party's number was not read, or there is none

    @property
    def code(self) -> str:
        """Return the type code: the first piece of the symbol."""
        return re.split(r"[-/,]", self.symbol)[0]

    @property
    def is_titled(self) -> bool:
        """Return whether the symbol begins with a known type code."""
        return self.code in TYPES


def _tight(text: str) -> str:
    text = re.sub(r"\s[71Il|\\](?=[A-ZĐ]{2,}[-/])", "/", text)  # a slash read as a stroke
    text = re.sub(r"\s*([/\-])\s*", r"\1", text)
    return re.sub(r",\s*(?=[^\W\d]{2,}(?:\W|$))", ",", text).strip(" .:;")


def digits_of(text: str) -> str:
    """Return the digits meant by ``text``; ``?`` stands for a sign that is none."""
    text = "".join(text.split()).strip(".,:;-_'\"`")
    if re.fullmatch(r"\d{1,5}[a-d]", text):
        return text
    mapped = re.sub(r"[.,'_\-]", "", plain(text)).translate(_DIGITS)
    return re.sub(r"\D", UNREAD, mapped)


def symbol_of(text: str) -> str:
    """Return a symbol in its usual letters: no marks but Đ, known pieces as they are written."""
    pieces = re.split(r"([-/,&.])", text.rstrip(".,;:-*'"))
    return "".join(map(_piece, pieces))


def _piece(piece: str) -> str:
    bare = plain(piece)
    if bare in _KNOWN:
        return _KNOWN[bare]
    return "".join(c if c in "đĐ" else _unmarked(c) for c in piece)


def _unmarked(letter: str) -> str:
    return plain(letter) if letter.isupper() else plain(letter).lower()


_GRAMMARS = (("legal", _LEGAL), ("state", _STATE), ("old", _OLD), ("party", _PARTY))


def forms_of(text: str) -> dict[str, Form]:
    """Return what each grammar makes of the text of a number line."""
    label = NUMBER_LINE.match(plain(text))
    rest = _tight(text[label.end() :] if label else text)
    forms = {}
    for grammar, pattern in _GRAMMARS:
        match = pattern.match(rest)
        if match and len(re.findall(r"[A-ZĐ]", match["symbol"])) >= 2:
            forms[grammar] = _form(grammar, match)
    return forms


def _form(grammar: str, match: re.Match[str]) -> Form:
    written = match["no"] or match.groupdict().get("bare") or ""  # bare: the dash was not read
    digits, symbol = digits_of(written) or UNREAD, symbol_of(match["symbol"])
    year = f"{match['year']}/" if grammar == "legal" else ""
    joint = "-" if grammar == "party" else "/"
    if grammar == "old":
        joint = match["joint"].strip() or " "
    is_bare = bool(match.groupdict().get("bare"))
    return Form(grammar, digits, symbol, f"{digits}{joint}{year}{symbol}", is_bare)


def number_found(strip: Strip, form: Form) -> Finding:
    """Return the finding of a number; a gap before the slash or an odd sign betrays a pen."""
    label = NUMBER_LINE.match(strip.plain)
    raw = strip.text[label.end() if label else 0 :]
    is_read = bool(re.match(rf"{re.escape(form.digits)}(?![A-Za-z])", raw))
    is_gapped = bool(re.match(r"\S*\s+[/\-]", raw))
    score = (0.99 if label else 0.8) * (1.0 if is_read else 0.5)
    if is_gapped and not any(word.is_by_hand for word in strip.words):
        score *= 0.85  # a pen was at work, and no reader of handwriting was asked
    # by hand a number below ten has its nought: of two digits one was lost
    is_alone = len(form.digits) == 1 and any(word.is_by_hand for word in strip.words)
    return Finding(
        form.value,
        (strip,),
        f"number:{form.grammar}",
        score,
        weakest(_behind(strip, label.end() if label else 0)),
        is_doubtful=not is_read or is_alone,
    )


def _behind(strip: Strip, end: int) -> Iterator[Word]:
    """Yield the words of the number itself; how "Số:" was read does not matter."""
    at = 0
    for word in strip.words:
        at += len(word.text) + 1
        if at > end + 1:
            yield word
