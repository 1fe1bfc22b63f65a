"""The guard between layers: what no gate has passed, as it is now, goes no further.

Dagster's blocking checks stop the steps of one run. They do not stop a person who materialises a
later layer alone, a gate that was never run, or rows that landed after the gate had looked.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg
import sqlalchemy as sa
from dagster import AssetCheckSeverity, DagsterInstance
from dagster._core.storage.asset_check_execution_record import (
    AssetCheckExecutionRecord,
    AssetCheckExecutionRecordStatus,
)

from orchestration.resources import Database
from warehouse.schema import RAW

STAGED = "staging."
JUDGED = "judged"  # metadata of an evaluation: the state of the raw tables it looked at
WAITING = (
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
)
REMEDY = "run the job build_warehouse; the gate's report says which rows it refused, by count"


@dataclass(frozen=True, slots=True)
class Gate:
    """One suite held against one relation of staging, and the raw tables behind that."""

    relation: str  # schema.table
    suite: str
    raw_tables: tuple[str, ...]

    @property
    def asset(self) -> dg.AssetKey:
        """The asset it judges."""
        return dg.AssetKey(self.relation.split("."))

    @property
    def key(self) -> dg.AssetCheckKey:
        """The check it is."""
        return dg.AssetCheckKey(self.asset, self.suite)


#: Not a suite: whether people have signed off what was delivered (defs/acceptance/checks.py).
SIGNED_OFF = Gate(
    "staging.stg_acceptance__plans",
    "batch_sample_is_signed_off",
    ("staging.stg_acceptance__decisions", "staging.stg_acceptance__plans"),
)


@contextmanager
def raw_held_still(database: Database, tables: Iterable[str]) -> Iterator[sa.Connection]:
    """Let no landing begin or end meanwhile; those under way are waited for, reading goes on.

    Tables of staging need no lock: their step and the caller's share a pool of one.
    """
    raw = sorted({table for table in tables if not table.startswith(STAGED)})
    names = ", ".join(f"raw.{_known(table)}" for table in raw)
    with database.connected() as connection:
        if names:
            connection.execute(sa.text(f"lock table {names} in share mode"))
        yield connection


def state_of_raw(connection: sa.Connection, tables: Iterable[str]) -> str:
    """Return a digest that changes when rows of ``tables`` do: batches, sizes, landing times.

    Of a ledger staged as a table, it changes with the entries that are in it.
    """
    digest = hashlib.sha256()
    for table in sorted(set(tables)):
        found = _ledger_rows if table.startswith(STAGED) else _raw_rows
        for row in found(connection, table):
            digest.update(repr((table, *row)).encode())
    return digest.hexdigest()


def _raw_rows(connection: sa.Connection, table: str) -> Iterable[sa.Row]:
    return connection.execute(
        sa.text(
            "select _batch_id, count(*), extract(epoch from max(_extracted_at))::text,"  # noqa: S608 - a name of our schema
            f" max(xmin::text::bigint) from raw.{_known(table)} group by 1 order by 1"
        )
    )


def _ledger_rows(connection: sa.Connection, table: str) -> Iterable[sa.Row]:
    is_there = connection.scalar(sa.text("select to_regclass(:name)"), {"name": table})
    if is_there is None:
        return ()
    return connection.execute(sa.text(f"select count(*), max(entry_id) from {table}"))  # noqa: S608 - a name of our models


def refuse_unless_open(
    instance: DagsterInstance, gates: Sequence[Gate], raw: sa.Connection | None
) -> None:
    """Return if each gate's latest evaluation passed and, given ``raw``, judged what is there now.

    Raises:
        dg.Failure: a gate is closed, was not run, or judged other rows; not worth a retry.
    """
    latest = _latest(instance, [gate.key for gate in gates])
    closed = {gate.key.to_user_string(): _why_closed(gate, latest, raw) for gate in gates}
    reasons = {gate: why for gate, why in closed.items() if why}
    if reasons:
        shown = "; ".join(f"{gate} {why}" for gate, why in sorted(reasons.items()))
        raise dg.Failure(
            description=f"not built: {shown}. What to do: {REMEDY}.",
            metadata={"closed_gates": sorted(reasons)},
            allow_retries=False,
        )


def _latest(
    instance: DagsterInstance, keys: Sequence[dg.AssetCheckKey]
) -> dict[dg.AssetCheckKey, AssetCheckExecutionRecord]:
    """Return the latest execution of each check, leaving out what runs that wait have planned.

    Dagster plans the checks of a run as the run is made. A second build in the queue says nothing
    of rows, and would close the gates of the one that is under way.
    """
    storage = instance.event_log_storage
    latest = dict(storage.get_latest_asset_check_execution_by_key(keys))
    waiting = {run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=WAITING))}
    for key, record in list(latest.items()):
        if record.run_id in waiting:
            history = storage.get_asset_check_execution_history(key, limit=len(waiting) + 1)
            del latest[key]
            told = (one for one in history if one.run_id not in waiting)
            if (one := next(told, None)) is not None:
                latest[key] = one
    return latest


def _why_closed(
    gate: Gate,
    latest: Mapping[dg.AssetCheckKey, AssetCheckExecutionRecord],
    raw: sa.Connection | None,
) -> str | None:
    record = latest.get(gate.key)
    status = record.status if record else AssetCheckExecutionRecordStatus.PLANNED
    event = record.event.dagster_event if record and record.event else None
    if event is None or status == AssetCheckExecutionRecordStatus.PLANNED:
        return "was not run"
    evaluation = event.asset_check_evaluation_data
    if not evaluation.passed and evaluation.severity == AssetCheckSeverity.ERROR:
        return "is closed"
    judged = evaluation.metadata.get(JUDGED)
    if judged is None:
        return "does not say what it judged"
    if raw is not None and judged.value != state_of_raw(raw, gate.raw_tables):
        return "judged other rows than are there now"
    return None


def _known(table: str) -> str:
    return str(RAW.tables[f"raw.{table}"].name)
