"""Fixity: files of the store are read again by a cadence and held against their digest.

Every look is an entry of a ledger. What is damaged or gone stays so until a later look finds it
whole; what nobody looked at in time is not taken for whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from warehouse.errors import FileUnreadable, NotStored
from warehouse.events import Agent, Event, note
from warehouse.store import Store
from warehouse.tables.preservation import FIXITY_CHECKS

CHECKER = Agent("kho file store", "software")


class Fixity(StrEnum):
    """What one look at a file found."""

    INTACT = "intact"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at one file."""

    sha256: str
    result: Fixity
    checked_at: datetime
    found_sha256: str | None = None
    size_bytes: int = 0


def examine(store: Store, sha256: str) -> Finding:
    """Read one file to its end and say what was found."""
    now = datetime.now(UTC)
    try:
        found, size = store.read_back(sha256)
    except NotStored:
        return Finding(sha256, Fixity.MISSING, now)
    except FileUnreadable:
        return Finding(sha256, Fixity.UNREADABLE, now)
    result = Fixity.INTACT if found == sha256 else Fixity.DAMAGED
    return Finding(sha256, result, now, found, size)


def record(engine: sa.Engine, finding: Finding, cadence: timedelta) -> None:
    """Write a finding down; if it is news about the file, as an event of preservation as well."""
    is_good = finding.result is Fixity.INTACT
    with engine.begin() as connection:
        before = _last_result(connection, finding.sha256)
        entry = {
            "file_sha256": finding.sha256,
            "found_sha256": finding.found_sha256,
            "size_bytes": finding.size_bytes,
            "result": finding.result.value,
            "checked_at": finding.checked_at,
            "due_again_at": finding.checked_at + (cadence if is_good else timedelta()),
        }
        connection.execute(sa.insert(FIXITY_CHECKS), entry)
        if before != finding.result.value:
            note(connection, [as_event(finding)])


def as_event(finding: Finding) -> Event:
    """Return a look at a file as PREMIS tells it."""
    return Event(
        type="fixity check",
        at=finding.checked_at,
        file_sha256=finding.sha256,
        outcome="pass" if finding.result is Fixity.INTACT else "fail",
        outcome_detail=finding.result.value,
        detail="SHA-256 of the stored bytes, computed anew",
        agents=(CHECKER,),
    )


def latest() -> sa.Subquery:
    """Return the newest entry about every file that was ever looked at."""
    table = FIXITY_CHECKS
    return (
        sa.select(table)
        .distinct(table.c.file_sha256)
        .order_by(table.c.file_sha256, table.c.entry_id.desc())
        .subquery("latest")
    )


def _last_result(connection: sa.Connection, sha256: str) -> str | None:
    table = FIXITY_CHECKS
    mine = sa.select(table.c.result).where(table.c.file_sha256 == sha256)
    return connection.scalar(mine.order_by(table.c.entry_id.desc()).limit(1))


def last_findings(connection: sa.Connection, digests: Sequence[str]) -> Iterator[Finding]:
    """Yield the newest finding about each of ``digests`` that was ever looked at."""
    last = latest()
    for row in connection.execute(sa.select(last).where(last.c.file_sha256.in_(digests))):
        yield Finding(
            row.file_sha256,
            Fixity(row.result),
            row.checked_at,
            row.found_sha256,
            row.size_bytes or 0,
        )
