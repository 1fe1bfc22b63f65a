"""The one way into raw: a batch of rows, by COPY, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from warehouse.database import connection_string
from warehouse.errors import BatchShrank, LandingRefused, ServerNotReady, WarehouseError
from warehouse.form import Block, Form

# No connection, rolled back for another's sake, no room left just now, shut down meanwhile. The
# client library's own OperationalError counts lasting limits among these.
PASSING = frozenset({"08", "40", "53", "57"})
T = TypeVar("T")
FEW = 10  # rows; a share of fewer says nothing


@dataclass(frozen=True, slots=True)
class Landing:
    """The receipt of a landing; ``unexpected`` names fields the contract does not know."""

    table: str
    rows: int
    batch_id: str
    unexpected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Bundle:
    """Rows of one batch for one table.

    ``most_lost`` is the share of the batch's earlier rows that may be gone when it is landed again:
    an empty or cut-off answer must not pass for a withdrawal.
    """

    table: str
    rows: Iterable[Mapping[str, Any]]
    batch_id: str
    most_lost: float = 1.0


class Warehouse:
    """The raw schema of the database at ``url``, open for landings."""

    def __init__(self, url: str) -> None:
        """Land through ``url``, which names its driver; nothing is connected yet."""
        self._target = connection_string(url)

    def __repr__(self) -> str:
        return "Warehouse(…)"

    def land(
        self,
        table: str,
        rows: Iterable[Mapping[str, Any]],
        *,
        batch_id: str,
        extracted_at: datetime | None = None,
    ) -> Landing:
        """Make ``rows`` the rows of this batch in ``raw.<table>``: all of them, or no change.

        Rows are taken some at a time and never held together. Landing a batch again replaces what
        it brought before.
        """
        [landing] = self.land_together(Bundle(table, rows, batch_id), extracted_at=extracted_at)
        return landing

    def land_together(
        self, *bundles: Bundle, extracted_at: datetime | None = None
    ) -> tuple[Landing, ...]:
        """Land several bundles in one transaction, in the order given: all of them, or no change.

        The rows of a bundle are asked for when those before it have landed.

        Raises:
            BatchShrank: a bundle brings too few of the rows its batch had.
        """
        read_at = extracted_at or datetime.now(UTC)

        def write(cursor: psycopg.Cursor) -> tuple[Landing, ...]:
            return tuple(_land(cursor, bundle, read_at) for bundle in bundles)

        return in_one_transaction(self._target, bundles[0].table, write)


def in_one_transaction(target: str, table: str, write: Callable[[psycopg.Cursor], T]) -> T:
    """Return what ``write`` returns; what the server refuses is told without its values."""
    refusal: WarehouseError
    try:
        with psycopg.connect(target) as connection, connection.cursor() as cursor:
            return write(cursor)
    except psycopg.Error as error:
        refusal = _refusal(Form.of(table), error)
    # Outside the handlers: what the server said quotes values, and would come along.
    raise refusal


def _land(cursor: psycopg.Cursor, bundle: Bundle, read_at: datetime) -> Landing:
    form = Form.of(bundle.table)
    blocks = form.filled(bundle.rows, bundle.batch_id, read_at)
    before, count = _replace(cursor, form, bundle.batch_id, blocks)
    if before >= FEW and count < before * (1 - bundle.most_lost):
        raise BatchShrank(
            f"landing in {form.relation}: batch {bundle.batch_id} has {count} rows, had {before}:"
            f" more than {bundle.most_lost:.0%} would be gone. Nothing was changed. If the source"
            " really withdrew them, land it again and accept the loss."
        )
    return Landing(form.relation, count, bundle.batch_id, tuple(sorted(form.unexpected)))


def lock_name(relation: str, batch_id: str) -> str:
    """Return what those who write rows of the same batch wait for."""
    return f"{relation}/{batch_id}"


def _replace(
    cursor: psycopg.Cursor, form: Form, batch_id: str, blocks: Iterator[Block]
) -> tuple[int, int]:
    """Delete the batch and copy it in again; return how many rows it had and has.

    Others who land the same batch wait.
    """
    lock = lock_name(form.relation, batch_id)
    cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    table = sql.Identifier("raw", form.table.name)
    cursor.execute(sql.SQL("delete from {} where _batch_id = %s").format(table), [batch_id])
    before = cursor.rowcount
    return before, copy_in(cursor, form, blocks)


def copy_in(cursor: psycopg.Cursor, form: Form, blocks: Iterable[Block]) -> int:
    """Copy what ``form`` has filled into its table; return how many rows."""
    table = sql.Identifier("raw", form.table.name)
    columns = sql.SQL(", ").join(map(sql.Identifier, form.columns))
    count = 0
    with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(table, columns)) as copy:
        for block in blocks:
            copy.write(block.data)
            count += block.rows
    return count


def _refusal(form: Form, error: psycopg.Error) -> LandingRefused | ServerNotReady:
    """Say what the server refused by the names it gives, which carry no value."""
    if error.sqlstate is None or error.sqlstate[:2] in PASSING:
        return ServerNotReady(
            f"landing in {form.relation}: the database does not answer, or went away. "
            "Nothing of the batch was kept; land it again."
        )
    where = error.diag.column_name or error.diag.constraint_name
    what = {
        "23505": f"a key of {where} comes twice in the batch",
        "23502": f"column {where} is required",
        "42501": "this role may not write there",
        "42P01": "the table is not there: prepare the database first",
    }.get(error.sqlstate or "", f"the server answered {error.sqlstate} {where or ''}".rstrip())
    return LandingRefused(f"landing in {form.relation}: {what}. Nothing of the batch was kept.")
