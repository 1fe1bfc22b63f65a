"""Whether two documents bear the same name: issuer, number, symbol and date, as they were read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from ocr_assets.duplicates.sketch import letters

_NUMBER = re.compile(r"\s*0*([0-9]+)[a-z]?\s*[/-]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_SAME_WORDS = 85  # of 100: what remains alike after a few letters were read wrong


class Agreement(StrEnum):
    """What two readings of one thing say together."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"  # one is missing, or they differ and at least one is in doubt


@dataclass(frozen=True, slots=True)
class Value:
    """A field as it was read, and whether that is sure enough to count on."""

    text: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What two documents' names say together, part by part."""

    issuer: Agreement = Agreement.UNKNOWN
    number: Agreement = Agreement.UNKNOWN
    symbol: Agreement = Agreement.UNKNOWN
    date: Agreement = Agreement.UNKNOWN

    @property
    def differs(self) -> bool:
        """Say whether a part is surely another: then these are two documents."""
        return Agreement.DIFFERENT in (self.issuer, self.number, self.symbol, self.date)

    @property
    def shares_number(self) -> bool:
        """Say whether both carry the same number, and nothing else speaks against it."""
        return self.number is Agreement.EQUAL and not self.differs

    @property
    def agrees(self) -> bool:
        """Say whether issuer, number and date were all read and are the same."""
        parts = {self.issuer, self.number, self.date}
        return parts == {Agreement.EQUAL} and self.symbol is not Agreement.DIFFERENT


def name_key(fields: Mapping[str, Value]) -> str | None:
    """Return number and date as one word, the same for documents that carry the same ones."""
    number, date = fields.get("number"), fields.get("date")
    if number is None or date is None:
        return None
    digits, symbol = _split(number.text)
    return f"{digits}|{symbol}|{date.text}" if digits and symbol else None


def sure_number(fields: Mapping[str, Value]) -> str | None:
    """Return the digits of the number where they may be counted on."""
    number = fields.get("number")
    return (_split(number.text)[0] or None) if number and number.is_accepted else None


def compare(first: Mapping[str, Value], second: Mapping[str, Value]) -> Naming:
    """Return what the names of two documents say together."""
    one, other = first.get("number"), second.get("number")
    return Naming(
        issuer=_words(first.get("issuer"), second.get("issuer")),
        number=_exact(_part(one, 0), _part(other, 0)),
        symbol=_words(_part(one, 1), _part(other, 1)),
        date=_exact(first.get("date"), second.get("date")),
    )


def _split(number: str) -> tuple[str, str]:
    found = _NUMBER.fullmatch(number)
    return (found[1], letters(found[2])) if found else ("", "")


def _part(number: Value | None, which: int) -> Value | None:
    text = _split(number.text)[which] if number else ""
    return Value(text, number.is_accepted) if number and text else None


def _exact(one: Value | None, other: Value | None) -> Agreement:
    return _agreement(one, other, is_same=bool(one and other and one.text == other.text))


def _words(one: Value | None, other: Value | None) -> Agreement:
    if one is None or other is None:
        return Agreement.UNKNOWN
    near = fuzz.ratio(letters(one.text), letters(other.text))
    return _agreement(one, other, is_same=near >= _SAME_WORDS)


def _agreement(one: Value | None, other: Value | None, *, is_same: bool) -> Agreement:
    """Two doubtful readings that agree support each other; that differ, they prove nothing."""
    if one is None or other is None:
        return Agreement.UNKNOWN
    if is_same:
        return Agreement.EQUAL
    is_sure = one.is_accepted and other.is_accepted
    return Agreement.DIFFERENT if is_sure else Agreement.UNKNOWN
