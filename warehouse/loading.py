"""The one way into raw: a batch of rows, by COPY, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from warehouse.database import connection_string
from warehouse.errors import LandingRefused, ServerNotReady
from warehouse.form import Form

# No connection, rolled back for another's sake, no room left just now, shut down meanwhile. The
# client library's own OperationalError counts lasting limits among these.
PASSING = frozenset({"08", "40", "53", "57"})


@dataclass(frozen=True, slots=True)
class Landing:
    """The receipt of a landing; ``unexpected`` names fields the contract does not know."""

    table: str
    rows: int
    batch_id: str
    unexpected: tuple[str, ...] = ()


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

        Rows are taken one by one and never held together. Landing a batch again replaces what it
        brought before.
        """
        form = Form.of(table)
        lines = form.filled(rows, batch_id, extracted_at or datetime.now(UTC))
        refusal: LandingRefused | ServerNotReady
        try:
            with psycopg.connect(self._target) as connection, connection.cursor() as cursor:
                count = _replace(cursor, form, batch_id, lines)
            return Landing(form.relation, count, batch_id, tuple(sorted(form.unexpected)))
        except psycopg.Error as error:
            refusal = _refusal(form, error)
        # Outside the handlers: what the server said quotes values, and would come along.
        raise refusal


def lock_name(relation: str, batch_id: str) -> str:
    """Return what those who write rows of the same batch wait for."""
    return f"{relation}/{batch_id}"


def _replace(
    cursor: psycopg.Cursor, form: Form, batch_id: str, lines: Iterator[Sequence[Any]]
) -> int:
    """Delete the batch and copy it in again; others who land the same batch wait."""
    lock = lock_name(form.relation, batch_id)
    cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    table = sql.Identifier("raw", form.table.name)
    cursor.execute(sql.SQL("delete from {} where _batch_id = %s").format(table), [batch_id])
    columns = sql.SQL(", ").join(map(sql.Identifier, form.columns))
    count = 0
    with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(table, columns)) as copy:
        for line in lines:
            copy.write_row(line)
            count += 1
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
