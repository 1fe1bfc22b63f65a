"""The form a row has to fit: the columns of a raw table, checked one by one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from warehouse.errors import ColumnUnknown, TableUnknown, ValueRefused
from warehouse.schema import EXTRA, JSON, LINEAGE, RAW
from warehouse.values import FAULTS, Check, canonical, check_of

MOST_UNEXPECTED = 50


class Form:
    """One raw table as rows are fitted to it."""

    def __init__(self, table: sa.Table) -> None:
        """Know the columns of ``table`` and what each may hold."""
        self.table = table
        self.relation = table.fullname
        self.unexpected: set[str] = set()
        known = [column for column in table.columns if column.name not in (*LINEAGE, EXTRA)]
        self._types = {column.name: column.type for column in table.columns}
        self._checks = {column.name: check_of(column.type) for column in known}
        self._extras = (EXTRA,) if EXTRA in table.columns else ()
        self.columns = (*self._checks, *self._extras, *LINEAGE)

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
    ) -> Iterator[Sequence[Any]]:
        """Yield each row as the table's columns, lineage included."""
        read_at = extracted_at.astimezone(UTC)
        for ordinal, row in enumerate(rows, 1):
            contract = {
                name: self._value(check, row.get(name), name, ordinal)
                for name, check in self._checks.items()
            }
            extras = self._unknown(row, ordinal)
            digest = hashlib.sha256(canonical(contract)).hexdigest()
            yield (*contract.values(), *extras, batch_id, read_at, digest)

    def _value(self, check: Check, value: Any, column: str, ordinal: int) -> Any:
        if value is None:
            return None
        try:
            return check(value)
        except FAULTS:
            pass
        # Outside the handler, or what the fault says of the value would come along.
        raise ValueRefused(
            f"{self.relation}, row {ordinal}: column {column} cannot hold what came "
            f"({type(value).__name__} for {self._types[column]}). Correct it where it is read."
        )

    def _unknown(self, row: Mapping[str, Any], ordinal: int) -> tuple[str | None, ...]:
        """Return what of the row no column holds, for tables that keep such things."""
        unknown = {name: row[name] for name in row if name not in self._checks and name != EXTRA}
        for name in unknown:
            if not self._extras or name in LINEAGE:
                raise ColumnUnknown(
                    f"{self.relation}, row {ordinal}: there is no column {name} for the reader to "
                    "fill. Add it by a migration, or stop sending it."
                )
        if not self._extras:
            return ()
        everything = {**(row.get(EXTRA) or {}), **unknown}
        if len(self.unexpected) < MOST_UNEXPECTED:
            self.unexpected.update(map(str, everything))
        return (self._value(check_of(JSON), everything or None, EXTRA, ordinal),)
