"""What a raw column may hold: every value is checked here, before the server sees any.

So a refusal can name table, column and row, and never the value: the server's own messages quote
what they refuse.
"""

import json
import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

Check = Callable[[Any], Any]

WHOLE = re.compile(r"[+-]?[0-9]+", re.ASCII)
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", re.ASCII)
NUL = re.compile(r"(?<!\\)(\\\\)*\\u0000")
LONGEST_NUMERIC = 1000


class Unfit(ValueError):
    """A value its column cannot hold."""


# What a check raises, its own refusal among them; their messages may quote the value.
FAULTS = (ValueError, TypeError, ArithmeticError, RecursionError)


def check_of(kind: sa.types.TypeEngine) -> Check:
    """Return what makes of a value what such a column holds, or raises one of ``FAULTS``."""
    if isinstance(kind, sa.BigInteger):
        return lambda value: _integer(value, 63)
    return _CHECKS[type(kind)]


def shortest(number: Decimal) -> str:
    """Return a number in plain digits, the same for the same number however it was written."""
    digits = f"{number:f}"
    plain = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if number.is_zero() else plain


def _text(value: Any) -> str:
    plain = value.value if isinstance(value, Enum) else value
    if not isinstance(plain, str) or "\x00" in plain:
        raise Unfit
    plain.encode()  # refuses half of a surrogate pair
    return plain


def _integer(value: Any, bits: int = 31) -> int:
    if isinstance(value, bool) or (isinstance(value, str) and not WHOLE.fullmatch(value)):
        raise Unfit
    number = int(value) if isinstance(value, str) else operator.index(value)
    if not -(2**bits) <= number < 2**bits:
        raise Unfit
    return number


def numeric(value: Any) -> Decimal:
    """Return a number the server can hold."""
    if isinstance(value, bool) or (isinstance(value, str) and not DECIMAL.fullmatch(value)):
        raise Unfit
    number = Decimal(value if isinstance(value, Decimal | int | str) else str(float(value)))
    if not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMERIC:
        raise Unfit
    return number


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit
    return value


def _date(value: Any) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Unfit
    return value


def _instant(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise Unfit
    return moment.astimezone(UTC)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes | memoryview):
        raise Unfit
    return bytes(value)


def _numbers(value: Any) -> list[float]:
    """Return numbers a vector may have: finite ones."""
    if not isinstance(value, list | tuple):
        raise Unfit
    numbers = [float(number) for number in value]
    if not all(map(math.isfinite, numbers)) or any(isinstance(x, str | bool) for x in value):
        raise Unfit
    return numbers


def _json(value: Any) -> str:
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    text.encode()
    if NUL.search(text):
        raise Unfit
    return text


_CHECKS: Mapping[type, Check] = {
    sa.Text: _text,
    sa.Integer: _integer,
    sa.Numeric: numeric,
    sa.Boolean: _boolean,
    sa.Date: _date,
    sa.TIMESTAMP: _instant,
    sa.LargeBinary: _bytes,
    JSONB: _json,
    sa.ARRAY: _numbers,  # of REAL: the only arrays there are
}
