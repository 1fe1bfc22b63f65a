"""The kinds of value a registry can send, and how each is read."""

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_NUMBER = 1000  # digits, as the warehouse takes them
DEEPEST = 100  # parts within parts; what follows them to the end must not run out of stack


class Unreadable(ValueError):
    """A value is not of its field's kind; the message names the kind, never the value."""


def text(value: Any) -> str:
    """Read text as sent; a number is refused, since its leading zeros are already lost."""
    if not isinstance(value, str):
        raise Unreadable("not text")
    if "\0" in value or not (value.isascii() or is_storable(value)):
        raise Unreadable("holds what a database cannot store")
    return value


def day(value: Any) -> date:
    """Read an ISO date."""
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise Unreadable("not an ISO date") from None


def moment(value: Any) -> datetime:
    """Read an ISO time that says its offset."""
    try:
        read = datetime.fromisoformat(text(value))
    except ValueError:
        raise Unreadable("not an ISO time") from None
    if read.tzinfo is None:
        raise Unreadable("has no time zone")
    return of_a_calendar(read)


def of_a_calendar(read: datetime) -> datetime:
    """Return a time that is one everywhere: the first hours of the year 1 are none in UTC."""
    if not 1 < read.year < 9999:
        try:
            read.astimezone(UTC)
        except OverflowError:
            raise Unreadable("not a time of any calendar") from None
    return read


def truth(value: Any) -> bool:
    """Read a JSON boolean."""
    if not isinstance(value, bool):
        raise Unreadable("not true or false")
    return value


def number(value: Any) -> Decimal:
    """Read a number, sent as one or as text with a point; a comma says nothing for certain."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable("not a number")
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        raise Unreadable("not a number")
    read = Decimal(str(value))
    if not read.is_finite() or abs(read.adjusted()) > LONGEST_NUMBER:
        raise Unreadable("not a number")
    return read


def count(value: Any) -> int:
    """Read a whole number of things, not below none."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise Unreadable("not a count")
    return value


def is_storable(value: Any, depth: int = 0) -> bool:
    """Say whether Postgres can hold ``value``: no NUL, no half of a surrogate pair, no infinity.

    Nor what is nested beyond any meaning: JSON of a thousand brackets costs its sender nothing.
    """
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or not SURROGATE.search(value))
    if isinstance(value, dict | list) and depth >= DEEPEST:
        return False
    if isinstance(value, dict):
        return all(is_storable(part, depth + 1) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(is_storable(part, depth + 1) for part in value)
    return not isinstance(value, float) or math.isfinite(value)
