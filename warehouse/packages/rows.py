"""Raw rows of a dossier as lines of JSON, written and read by the database itself: nothing is lost.

A new raw table travels by itself: by delivery if it has ``file_ordinal``, else by file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.schema import RAW

FOLDER = "metadata/other/raw"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of one batch."""

    batch_id: str
    file_ordinal: int
    file_sha256: str


def travelling() -> list[sa.Table]:
    """Return the raw tables whose rows belong to single files, by name."""
    return [table for table in RAW.sorted_tables if _key(table)]


def selected(table: sa.Table, deliveries: Sequence[Delivery]) -> sa.ColumnElement[bool]:
    """Return what holds for the rows of ``table`` that belong to ``deliveries``."""
    key = _key(table)
    wanted = [(one.batch_id, getattr(one, key)) for one in deliveries]
    pair = sa.tuple_(table.c["_batch_id"], table.c[key])
    return pair.in_(sorted(set(wanted)))


def lines(
    connection: sa.Connection, table: sa.Table, deliveries: Sequence[Delivery]
) -> Iterator[str]:
    """Yield the rows of ``deliveries``, each as JSON with the table's columns in their order."""
    connection.execute(sa.text("set local timezone = 'UTC'"))
    whole: sa.ColumnClause[str] = sa.literal_column(f"row_to_json({table.name}.*)::text")
    asked = (
        sa.select(whole)
        .select_from(table)
        .where(selected(table, deliveries))
        .order_by(*table.primary_key.columns, whole)
        .execution_options(yield_per=500)
    )
    with connection.execute(asked) as found:
        yield from found.scalars()


def _key(table: sa.Table) -> str:
    """Return the column that ties rows of ``table`` to a file, or nothing."""
    return next((name for name in ("file_ordinal", "file_sha256") if name in table.columns), "")
