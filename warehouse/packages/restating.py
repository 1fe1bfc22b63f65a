"""Words of people on their way into the ledgers: after those that are here, or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from warehouse.errors import PackageConflicts, PackageRefused
from warehouse.packages import aip
from warehouse.packages.package import Package
from warehouse.packages.rows import FOLDER as ROWS
from warehouse.packages.words import FOLDER, LEDGERS, Ledger

Entry = Mapping[str, Any]
Numbers = dict[int, int]  # number of an entry there -> its number here; 0 (none) is 0


def refuse_conflicts(connection: sa.Connection, package: Package) -> None:
    """Hold the words of a package against those that are here.

    Raises:
        PackageRefused: a word does not fit its ledger, or is about no document of the package.
        PackageConflicts: people here have said something else of the same.
    """
    known = {aip.EVENTS, *(ledger.path for ledger in LEDGERS)}
    strange = sorted(set(package.below(f"{FOLDER}/")) - known)
    if strange:
        raise PackageRefused(f"{strange[0]}: this warehouse has no such ledger; migrate it first.")
    documents = _documents(package)
    for ledger in LEDGERS:
        _stage(connection, package, ledger)
        if any(entry["document_key"] not in documents for entry in _staged(connection, ledger)):
            raise PackageRefused(f"{ledger.path} speaks of documents that are not in the package.")
        _fresh(connection, ledger, {})


def restated(connection: sa.Connection, package: Package) -> int:
    """Write down the words that are new, in their order, and return how many."""
    numbers: dict[str, Numbers] = {}
    count = 0
    for ledger in LEDGERS:
        # Whoever speaks meanwhile waits, so that nobody's word comes between.
        name = ledger.table.fullname
        connection.execute(sa.text(f"lock table {name} in share row exclusive mode"))
        known = numbers.setdefault(ledger.table.name, {0: 0})
        for entry in _fresh(connection, ledger, known):
            known[entry["entry_id"]] = _written(connection, ledger, entry, numbers, package)
            count += 1
    return count


def _documents(package: Package) -> set[str]:
    """Return the keys of the documents that a package brings."""
    found = (row for _, row in package.lines(f"{ROWS}/digitization__files.jsonl"))
    return {f"{str(row.get('agency_code')).strip()}:{row.get('file_sha256')}" for row in found}


def _fresh(connection: sa.Connection, ledger: Ledger, known: Numbers) -> list[Entry]:
    """Return the entries that are not here; the numbers of those that are go into ``known``."""
    staged = _staged(connection, ledger)
    keys = {entry["document_key"] for entry in staged}
    table = ledger.table
    ours = connection.execute(sa.select(table).where(table.c.document_key.in_(sorted(keys))))
    here = {_content(ledger, entry): entry for entry in map(dict, ours.mappings())}
    fresh = []
    for entry in staged:
        found = here.pop(_content(ledger, entry), None)
        if found is None:
            fresh.append(entry)
        else:
            known[entry["entry_id"]] = found["entry_id"]
    said_here = {_subject(ledger, entry) for entry in here.values()}
    apart = sum(_subject(ledger, entry) in said_here for entry in fresh)
    if apart:
        raise PackageConflicts(
            f"{apart} entries of {table.fullname} in the package are about what people here have"
            " judged for themselves. Nothing was taken in; import into an empty warehouse, or keep"
            " what is here."
        )
    return fresh


def _written(
    connection: sa.Connection,
    ledger: Ledger,
    entry: Entry,
    numbers: Mapping[str, Numbers],
    package: Package,
) -> int:
    """Write an entry down under a number of this ledger; return the number."""
    values = {name: entry[name] for name in ledger.content} | {"package_id": package.package_id}
    if ledger.link:
        cited = numbers[ledger.cited].get(entry[ledger.link])
        if cited is None:
            raise PackageRefused(f"{ledger.path} cites an entry that is not in the package.")
        values[ledger.link] = cited
    insert = sa.insert(ledger.table).values(values).returning(ledger.table.c.entry_id)
    try:
        return int(connection.scalar(insert) or 0)
    except DBAPIError:
        pass
    # Outside the handler: what the server said quotes the entry.
    raise PackageRefused(f"an entry of {ledger.table.fullname} does not fit its ledger.")


def _stage(connection: sa.Connection, package: Package, ledger: Ledger) -> None:
    """Let the database read the entries of one ledger, as it once wrote them."""
    name, staged = ledger.table.fullname, f"incoming_{ledger.table.name}"
    known = set(ledger.table.columns.keys())
    found = list(package.lines(ledger.path))
    if any(set(row) - known for _, row in found):
        raise PackageRefused(f"{ledger.path}: this warehouse lacks a column; migrate it first.")
    connection.execute(sa.text(f"create temporary table {staged} (like {name}) on commit drop"))
    insert = sa.text(
        f"insert into {staged} select (jsonb_populate_record(null::{name}, cast(:line as jsonb))).*"
    )
    fits = True
    try:
        for line, _ in found:
            connection.execute(insert, {"line": line})
    except DBAPIError:
        fits = False
    if not fits:  # outside the handler: what the server said quotes the entry
        raise PackageRefused(f"an entry of {name} does not fit its ledger.")


def _staged(connection: sa.Connection, ledger: Ledger) -> Sequence[Entry]:
    columns = [sa.column(name, column.type) for name, column in ledger.table.columns.items()]
    incoming = sa.table(f"incoming_{ledger.table.name}", *columns)
    asked = sa.select(incoming).order_by(incoming.c.entry_id)
    return [dict(row) for row in connection.execute(asked).mappings()]


def _content(ledger: Ledger, entry: Entry) -> tuple[Any, ...]:
    return tuple(entry[name] for name in ledger.content)


def _subject(ledger: Ledger, entry: Entry) -> tuple[Any, ...]:
    return tuple(entry[name] for name in ledger.subject)
