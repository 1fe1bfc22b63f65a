"""Rows of a package on their way into raw: all of them, or none, and never over other rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from warehouse.errors import PackageConflicts, PackageRefused
from warehouse.loading import lock_name
from warehouse.packages.package import Package
from warehouse.packages.rows import FOLDER, Delivery, selected, travelling
from warehouse.tables.digitization import FILES

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Restoration:
    """What of a package is new here: deliveries, and the rows that come with them."""

    new: tuple[Delivery, ...]
    known: tuple[Delivery, ...]


def prepared(
    connection: sa.Connection, package: Package, deliveries: Sequence[Delivery]
) -> Restoration:
    """Bring the rows into temporary tables and hold them against what is here.

    Raises:
        PackageRefused: a row does not fit its table.
        PackageConflicts: a delivery is here already, and otherwise.
    """
    _refuse_unknown(package)
    for batch in sorted({one.batch_id for one in deliveries}):
        for table in travelling():  # whoever lands such a batch waits
            lock = sa.func.hashtextextended(lock_name(table.fullname, batch), 0)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    here = set(_here(connection, deliveries))
    known = tuple(one for one in deliveries if (one.batch_id, one.file_ordinal) in here)
    new = tuple(one for one in deliveries if one not in known)
    for table in travelling():
        _stage(connection, package, table)
        if known:
            _refuse_others(connection, table, known)
    return Restoration(new, known)


def restored(connection: sa.Connection, restoration: Restoration) -> int:
    """Put the rows of new deliveries into raw; return how many."""
    if not restoration.new:
        return 0
    count = 0
    for table in travelling():
        staged = _staged(table)
        chosen = sa.select(staged).where(selected(staged, restoration.new))
        names = [column.name for column in table.columns]
        count += _inserted(connection, table, sa.insert(table).from_select(names, chosen))
    return count


def _inserted(connection: sa.Connection, table: sa.Table, insert: sa.Insert) -> int:
    try:
        return connection.execute(insert.execution_options(preserve_rowcount=True)).rowcount
    except DBAPIError:
        pass
    # Outside the handler: what the server said quotes the row.
    raise PackageRefused(f"rows of {table.name} do not fit their table: a key comes twice.")


def _refuse_unknown(package: Package) -> None:
    """Refuse rows this warehouse has no place for, rather than lose them."""
    tables = {f"{FOLDER}/{table.name}.jsonl": set(table.columns.keys()) for table in travelling()}
    for path in package.below(f"{FOLDER}/"):
        if path not in tables:
            raise PackageRefused(f"{path}: this warehouse has no such table; migrate it first.")
        for _, row in package.lines(path):
            strange = sorted(set(row) - tables[path])
            if strange:
                raise PackageRefused(
                    f"{path}: this warehouse has no column {strange[0]}; migrate it first."
                )


def _here(connection: sa.Connection, deliveries: Sequence[Delivery]) -> Iterable[tuple[str, int]]:
    asked = sa.select(FILES.c["_batch_id"], FILES.c.file_ordinal)
    return [
        (row[0], row[1]) for row in connection.execute(asked.where(selected(FILES, deliveries)))
    ]


def _stage(connection: sa.Connection, package: Package, table: sa.Table) -> None:
    """Let the database read the rows of one table, as it once wrote them."""
    staged = _staged(table)
    connection.execute(
        sa.text(f"create temporary table {staged.name} (like {table.fullname}) on commit drop")
    )
    insert = sa.text(
        f"insert into {staged.name} select (jsonb_populate_record(null::{table.fullname},"
        " cast(:line as jsonb))).*"
    )
    lines = ({"line": line} for line, _ in package.lines(f"{FOLDER}/{table.name}.jsonl"))
    fits = True
    try:
        for some in _batched(lines, AT_ONCE):
            connection.execute(insert, some)
    except DBAPIError:
        fits = False
    if not fits:  # outside the handler: what the server said quotes the row
        raise PackageRefused(f"a row of {table.name} does not fit its table.")


def _batched(lines: Iterable[dict[str, str]], size: int) -> Iterator[list[dict[str, str]]]:
    rest = iter(lines)
    while some := list(islice(rest, size)):
        yield some


def _refuse_others(connection: sa.Connection, table: sa.Table, known: Sequence[Delivery]) -> None:
    """Refuse deliveries that are here with other rows than the package's."""
    staged = _staged(table)
    ours = sa.select(table).where(selected(table, known))
    theirs = sa.select(staged).where(selected(staged, known))
    either = sa.union_all(sa.except_(ours, theirs), sa.except_(theirs, ours)).subquery()
    count = connection.scalar(sa.select(sa.func.count()).select_from(either))
    if count:
        raise PackageConflicts(
            f"{count} rows of {table.fullname} differ from the package's: these deliveries are here"
            " already, read anew or changed. Nothing was taken in; import into an empty warehouse,"
            " or keep what is here."
        )


def _staged(table: sa.Table) -> sa.Table:
    # The stubs know of no table without a schema.
    away = sa.MetaData()
    return table.to_metadata(away, schema=None, name=f"incoming_{table.name}")  # type: ignore[arg-type]
