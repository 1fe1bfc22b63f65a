"""The form a row has to fit: the columns of a raw table, checked and written for COPY."""

import hashlib
from binascii import hexlify
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from warehouse.errors import ColumnUnknown, TableUnknown, ValueRefused
from warehouse.schema import EXTRA, JSON, LINEAGE, RAW
from warehouse.values import FAULTS, Check, Unfit, check_of
from warehouse.writing import NULL, Column, Texts, escape, lines

MOST_UNEXPECTED = 50
ROWS_AT_ONCE = 1000  # held together; a page's text may be long

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Some rows as COPY takes them in."""

    rows: int
    data: bytes


class Form:
    """One raw table as rows are fitted to it."""

    def __init__(self, table: sa.Table) -> None:
        """Know the columns of ``table`` and what each may hold.

        They are written sorted by name, whatever their order in the table: so a digest of what is
        written is the same wherever the table was made.
        """
        self.table = table
        self.relation = table.fullname
        self.unexpected: set[str] = set()
        known = [column for column in table.columns if column.name not in (*LINEAGE, EXTRA)]
        self._types = {column.name: column.type for column in table.columns}
        self._checks = {column.name: check_of(column.type) for column in known}
        self._written = {
            name: Column(self._types[name], self._checks[name]) for name in sorted(self._checks)
        }
        self._extras = (EXTRA,) if EXTRA in table.columns else ()
        self.columns = (*self._written, *self._extras, *LINEAGE)

    @classmethod
    def of(cls, name: str) -> "Form":
        """Return the form of the raw table ``name``."""
        table = RAW.tables.get(f"{RAW.schema}.{name.removeprefix(f'{RAW.schema}.')}")
        if table is None:
            raise TableUnknown(
                f"there is no raw table {name}: write it down in warehouse/schema.py and migrate."
            )
        return cls(table)

    def filled(
        self, rows: Iterable[Mapping[str, Any]], batch_id: str, extracted_at: datetime
    ) -> Iterator[Block]:
        """Yield rows as COPY's text with the columns in the order of ``columns``.

        Raises:
            ValueRefused: a value does not fit its column.
            ColumnUnknown: a row has a column that the table has not.
        """
        brought_by = f"\t{escape(batch_id)}\t{extracted_at.astimezone(UTC).isoformat()}\t".encode()
        source, before = iter(rows), 0
        while some := list(islice(source, ROWS_AT_ONCE)):
            yield Block(len(some), self._block(some, before, brought_by))
            before += len(some)

    def _block(self, rows: Rows, before: int, brought_by: bytes) -> bytes:
        try:
            unknown = set().union(*rows) - self._checks.keys() - {EXTRA}
            if unknown and (not self._extras or unknown & {*LINEAGE}):
                raise Unfit
            texts = [column.texts(_values(rows, name)) for name, column in self._written.items()]
            return self._joined(lines(texts), self._aside(rows, unknown), brought_by)
        except FAULTS:
            pass
        # Outside the handler, or what the fault says of the value would come along.
        raise self._fault(rows, before)

    def _joined(self, written: list[bytes], aside: Sequence[bytes], brought_by: bytes) -> bytes:
        """Put each row together: its columns, what has none, who brought it, and its digest."""
        sha256 = hashlib.sha256
        return b"".join(
            b"%b%b%b%b\n" % (line, extra, brought_by, hexlify(sha256(line).digest()))
            for line, extra in zip(written, aside, strict=True)
        )

    def _aside(self, rows: Rows, unknown: set[str]) -> Sequence[bytes]:
        """Return what of each row no column holds, with the tab before it."""
        if not self._extras:
            return [b""] * len(rows)
        if not unknown and not any(row.get(EXTRA) for row in rows):
            return [f"\t{NULL}".encode()] * len(rows)
        kept = [
            {**(row.get(EXTRA) or {}), **{name: row[name] for name in row if name in unknown}}
            for row in rows
        ]
        for one in kept:
            if len(self.unexpected) < MOST_UNEXPECTED:
                self.unexpected.update(map(str, one))
        texts: Texts = Column(JSON, check_of(JSON)).texts([one or None for one in kept])
        return [b"\t" + line for line in lines([texts])]

    def _fault(self, rows: Rows, before: int) -> ValueRefused | ColumnUnknown:
        """Find what is wrong first, row by row, and say where it stands, never what it is."""
        numbered = enumerate(rows, before + 1)
        return next(fault for ordinal, row in numbered for fault in self._faults(row, ordinal))

    def _faults(
        self, row: Mapping[str, Any], ordinal: int
    ) -> Iterator[ValueRefused | ColumnUnknown]:
        for name, check in self._checks.items():
            if not _fits(check, row.get(name)):
                yield self._refusal(ordinal, name, row[name])
        for name in row.keys() - self._checks.keys():
            if name in LINEAGE or not (self._extras or name == EXTRA):
                yield ColumnUnknown(
                    f"{self.relation}, row {ordinal}: there is no column {name} for the reader to "
                    "fill. Add it by a migration, or stop sending it."
                )
            elif self._extras and not _fits(_objects if name == EXTRA else _anything, row[name]):
                yield self._refusal(ordinal, EXTRA, row[name])

    def _refusal(self, ordinal: int, column: str, value: Any) -> ValueRefused:
        return ValueRefused(
            f"{self.relation}, row {ordinal}: column {column} cannot hold what came "
            f"({type(value).__name__} for {self._types[column]}). Correct it where it is read."
        )


def _values(rows: Rows, name: str) -> list[Any]:
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name) for row in rows]


_anything = check_of(JSON)


def _objects(value: Any) -> Any:
    return _anything({**value})


def _fits(check: Check, value: Any) -> bool:
    try:
        return value is None or check(value) is not None
    except FAULTS:
        return False
