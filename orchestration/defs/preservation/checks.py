"""The night's share of proofs: files are read, and what was found is a check on their ledger."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg
import sqlalchemy as sa

from orchestration.failures import translated
from orchestration.resources import Database, FileStore
from orchestration.settings import settings
from warehouse.database import engine
from warehouse.fixity import Fixity
from warehouse.fixity_round import Budget, Round, Standing, check_due, orphans, standing
from warehouse.store import Store

LEDGER = dg.AssetKey(["ledger", "fixity_checks"])
POOL = "file_store"
WHOLE = dg.AssetCheckSpec(
    "stored_files_are_whole",
    asset=LEDGER,
    blocking=True,
    description="No file that the database names was found damaged, missing or unreadable.",
)
IN_TIME = dg.AssetCheckSpec(
    "stored_files_are_proved_in_time",
    asset=LEDGER,
    blocking=True,
    description="Each was read within the cadence; what nobody looked at is no pass.",
)
KNOWN = dg.AssetCheckSpec(
    "stored_files_belong_to_something",
    asset=LEDGER,
    description="Nothing lies in the store that no row names; nothing is ever deleted.",
)


@dg.multi_asset_check(name="prove_stored_files", specs=[WHOLE, IN_TIME, KNOWN], pool=POOL)
def prove_stored_files(
    context: dg.AssetCheckExecutionContext, database: Database, file_store: FileStore
) -> Iterator[dg.AssetCheckResult]:
    """Read the files that are due, within the budget, then say how all of them stand."""
    given = settings()
    cadence = timedelta(days=given.fixity_days)
    budget = Budget(given.fixity_minutes * 60, int(given.fixity_gigabytes * 1e9))
    store = file_store.open()
    with translated("prove the stored files"):
        opened = engine(database.url())
        try:
            done = check_due(opened, store, cadence, budget)
            stands, strays = _state(opened, store, cadence)
        finally:
            opened.dispose()
    context.log.info(_told(done))
    if done.results:  # the marts show what was found: they are behind now
        context.instance.report_runless_asset_event(dg.AssetMaterialization(LEDGER))
    yield _whole(stands, done)
    yield _in_time(stands, done)
    yield dg.AssetCheckResult(
        check_name=KNOWN.name,
        asset_key=LEDGER,
        passed=not strays,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"files": len(strays), "first of them": strays[:20]},
    )


def _state(opened: sa.Engine, store: Store, cadence: timedelta) -> tuple[Standing, list[str]]:
    with opened.connect() as connection:
        return standing(connection, cadence), orphans(connection, store)


def _whole(stands: Standing, done: Round) -> dg.AssetCheckResult:
    found = {f"found {result}": done.results[result] for result in Fixity}
    return dg.AssetCheckResult(
        check_name=WHOLE.name,
        asset_key=LEDGER,
        passed=stands.is_whole,
        metadata={
            "damaged": stands.damaged,
            "missing": stands.missing,
            "unreadable": stands.unreadable,
            **found,
            "bytes": done.size_bytes,
            "MB/s": done.megabytes_per_second,
        },
    )


def _in_time(stands: Standing, done: Round) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=IN_TIME.name,
        asset_key=LEDGER,
        passed=stands.overdue == 0,
        metadata={
            "files": stands.files,
            "overdue": stands.overdue,
            "never checked": stands.never_checked,
            "nothing due is left": done.is_complete,
        },
    )


def _told(done: Round) -> str:
    """Return what the night's share came to, in one line."""
    counts = ", ".join(f"{done.results[result]} {result}" for result in Fixity)
    read = f"{done.size_bytes / 1e6:.1f} MB in {done.seconds:.1f} s"
    left = "nothing due is left" if done.is_complete else "more is due than the budget allows"
    return f"{counts}; {read} ({done.megabytes_per_second} MB/s); {left}"
