"""Rounds over the file store: which files are due for a look, and how all of them stand."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from warehouse.fixity import Fixity, examine, latest, record
from warehouse.store import Store
from warehouse.stored import expected, unreferenced

EARLY = 0.1  # checked again from this share of the cadence before it is overdue


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one run may read; the file under way is finished."""

    seconds: float
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Round:
    """What one run of checks did."""

    results: Counter[Fixity] = field(default_factory=Counter)
    size_bytes: int = 0
    seconds: float = 0.0
    is_complete: bool = True  # nothing that was due is left

    @property
    def megabytes_per_second(self) -> float:
        """How fast files were read and digested."""
        return round(self.size_bytes / 1e6 / self.seconds, 1) if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """All files the database names, by what was last found; ``overdue`` by its age."""

    files: int
    intact: int
    damaged: int
    missing: int
    unreadable: int
    never_checked: int
    overdue: int

    @property
    def is_whole(self) -> bool:
        """Whether no file was found damaged, missing or unreadable."""
        return not self.damaged + self.missing + self.unreadable


def check_due(engine: sa.Engine, store: Store, cadence: timedelta, budget: Budget) -> Round:
    """Look at the files that are due, new ones first, until the budget is spent."""
    results: Counter[Fixity] = Counter()
    started, read = time.monotonic(), 0
    due = _due(engine, cadence)
    for looked_at, sha256 in enumerate(due):
        if looked_at and _is_spent(budget, time.monotonic() - started, read):
            break
        finding = examine(store, sha256)
        record(engine, finding, cadence)
        results[finding.result] += 1
        read += finding.size_bytes
    is_complete = results.total() == len(due)
    return Round(results, read, time.monotonic() - started, is_complete)


def standing(connection: sa.Connection, cadence: timedelta) -> Standing:
    """Return how all files the database names stand now; what was never read is nobody's pass."""
    files, last = expected(), latest()
    since = sa.func.coalesce(last.c.checked_at, files.c.known_since)
    counts: list[sa.ColumnElement[int]] = [
        sa.func.count().filter(last.c.result == result.value) for result in Fixity
    ]
    never = sa.func.count().filter(last.c.result.is_(None))
    overdue = sa.func.count().filter(since < datetime.now(UTC) - cadence)
    joined = files.outerjoin(last, last.c.file_sha256 == files.c.sha256)
    asked = sa.select(sa.func.count(), *counts, never, overdue).select_from(joined)
    row: tuple[int, ...] = tuple(connection.execute(asked).one())
    return Standing(*row)


def orphans(connection: sa.Connection, store: Store) -> list[str]:
    """Return what lies in the store and is named by no row; people decide what becomes of it."""
    return unreferenced(connection, store.digests())


def _is_spent(budget: Budget, seconds: float, size_bytes: int) -> bool:
    return seconds >= budget.seconds or size_bytes >= budget.size_bytes


def _due(engine: sa.Engine, cadence: timedelta) -> list[str]:
    """Return what to look at: the never checked, newest first, then by the age of the proof."""
    files, last = expected(), latest()
    early = datetime.now(UTC) - cadence * (1 - EARLY)
    joined = files.outerjoin(last, last.c.file_sha256 == files.c.sha256)
    wanted = (
        sa.select(files.c.sha256)
        .select_from(joined)
        .where(
            sa.or_(
                last.c.result.is_(None),
                last.c.result != Fixity.INTACT.value,
                last.c.checked_at <= early,
            )
        )
        .order_by(last.c.checked_at.asc().nulls_first(), files.c.known_since.desc(), files.c.sha256)
    )
    with engine.connect() as connection:
        return list(connection.scalars(wanted))
