"""Values as PostgreSQL's COPY writes them, a column at a time.

A registry lands a million rows; looking at each value by itself costs several times what the server
needs to take it in. What has exactly the type its column is made for is written for many rows at
once; anything else is looked at one by one (``warehouse.values``), and becomes the same text.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.values import LONGEST_NUMERIC, Check, Unfit, numeric, shortest

NULL = r"\N"
PLAIN = re.compile(r"[-.0-9]*", re.ASCII)
Texts = list[str | None]


class Column:
    """How one column's values are checked and written."""

    def __init__(self, kind: sa.types.TypeEngine, check: Check) -> None:
        """Know what the column is made for; ``check`` makes of anything else what it can hold."""
        exact, self._write = _KINDS[BIG if isinstance(kind, sa.BigInteger) else type(kind)]
        self._exact = {exact, type(None)} if exact else set()
        self._check = check

    def texts(self, values: Sequence[Any]) -> Texts:
        """Return the text of each value; nothing stays nothing.

        Raises one of ``warehouse.values.FAULTS`` where a value does not fit, without saying which.
        """
        kinds = set(map(type, values))
        if not kinds <= self._exact:
            values = [None if value is None else self._check(value) for value in values]
        if type(None) not in kinds:
            return self._write(values)
        written = iter(self._write([value for value in values if value is not None]))
        return [None if value is None else next(written) for value in values]


def lines(columns: Sequence[Texts]) -> list[bytes]:
    """Return rows of ``columns``, of equal length, as COPY's lines without their ends.

    Raises ``Unfit`` for what no text of the server can hold, ``UnicodeEncodeError`` for half a
    surrogate pair.
    """
    shown = [[NULL if text is None else text for text in each] for each in columns]
    whole = _joined(shown)
    nulls = sum(each.count(None) for each in columns)
    if "\0" in whole:
        raise Unfit
    if not _is_plain(whole, rows=len(shown[0]), width=len(shown), nulls=nulls):
        escaped = [[NULL if text is None else escape(text) for text in each] for each in columns]
        whole = _joined(escaped)
    return whole.encode().split(b"\n")


def escape(text: str) -> str:
    """Return ``text`` with what COPY would take for its own signs marked."""
    marked = text.replace("\\", "\\\\").replace("\t", "\\t")
    return marked.replace("\n", "\\n").replace("\r", "\\r")


def _joined(columns: Sequence[Sequence[str]]) -> str:
    return "\n".join(map("\t".join, zip(*columns, strict=True)))


def _is_plain(whole: str, *, rows: int, width: int, nulls: int) -> bool:
    """Say whether every sign of COPY's in ``whole`` is ours: counting is quicker than marking."""
    return (
        whole.count("\n") == rows - 1
        and whole.count("\t") == rows * (width - 1)
        and whole.count("\\") == nulls
        and "\r" not in whole
    )


def _as_sent(values: Sequence[str]) -> Texts:
    return list(values)


def _whole(bits: int) -> Callable[[Sequence[int]], Texts]:
    lowest, beyond = -(2**bits), 2**bits

    def write(values: Sequence[int]) -> Texts:
        if values and not (lowest <= min(values) and max(values) < beyond):
            raise Unfit
        return list(map(str, values))

    return write


def _numerics(values: Sequence[Decimal]) -> Texts:
    """Write numbers; most are in plain digits already, and end in none that says nothing."""
    sent = list(map(str, values))
    # An exponent, no number at all, or more digits than the server takes: each is looked at.
    if not PLAIN.fullmatch("".join(sent)) or max(map(len, sent), default=0) > LONGEST_NUMERIC:
        return [shortest(numeric(value)) for value in values]
    return [
        shortest(value) if text[-1] == "0" else text
        for text, value in zip(sent, values, strict=True)
    ]


def _truths(values: Sequence[bool]) -> Texts:
    return ["t" if value else "f" for value in values]


def _days(values: Sequence[date]) -> Texts:
    return [value.isoformat() for value in values]


def _instants(values: Sequence[datetime]) -> Texts:
    zones = {value.tzinfo for value in values}
    if None in zones:
        raise Unfit
    if zones != {UTC}:
        values = [value.astimezone(UTC) for value in values]
    return [value.isoformat() for value in values]


def _bytes(values: Sequence[bytes]) -> Texts:
    return [f"\\x{value.hex()}" for value in values]


def _arrays(values: Sequence[list[float]]) -> Texts:
    return ["{" + ",".join(map(repr, value)) + "}" for value in values]


BIG = sa.BigInteger
# Of each kind of column: the one type that needs no look at each value, if any, and what writes it.
_KINDS: dict[type, tuple[type | None, Callable[[Sequence[Any]], Texts]]] = {
    sa.Text: (str, _as_sent),
    sa.Integer: (int, _whole(31)),
    BIG: (int, _whole(63)),
    sa.Numeric: (Decimal, _numerics),
    sa.Boolean: (bool, _truths),
    sa.Date: (date, _days),
    sa.TIMESTAMP: (datetime, _instants),
    sa.LargeBinary: (bytes, _bytes),
    JSONB: (None, _as_sent),
    sa.ARRAY: (None, _arrays),  # of REAL: the only arrays there are
}
