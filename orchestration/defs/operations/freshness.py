"""Notice that the warehouse is behind its raw data: a sensor over what was landed."""

from collections.abc import Iterable

import dagster as dg
from dagster import DagsterInstance

from orchestration.defs.operations.jobs import (
    build_warehouse,
    digitize_batch,
    pull_sources,
    take_registers,
)
from orchestration.raw_assets import LEDGER_ASSETS, OCCASIONAL_ASSETS, RAW_ASSETS

UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def warehouse_is_behind(
    context: dg.SensorEvaluationContext,
) -> dg.RunRequest | dg.SkipReason:
    """Ask for a build when raw data is newer than the last good one and nothing is landing.

    The first build waits until each kind of raw data has landed once: a gate over an empty table
    can only be red.
    Each state of the raw data is asked for once: a build that a gate has stopped is not repeated
    until something else lands or a person launches it.
    """
    instance = context.instance
    landings = _landings(instance, RAW_ASSETS)
    missing = [key.path[-1] for key in RAW_ASSETS if key not in landings]
    if missing:
        return dg.SkipReason(f"never landed yet: {', '.join(missing)}")
    # A ledger that was added to is news as well; one that stays empty is not waited for.
    landings |= _landings(instance, (*LEDGER_ASSETS, *OCCASIONAL_ASSETS))
    landing, landed_at = max(landings.values())
    if landed_at <= _last_good_build(instance):
        return dg.SkipReason("the last build is newer than all raw data")
    jobs = (digitize_batch, pull_sources, take_registers, build_warehouse)
    busy = _busy(instance, (job.name for job in jobs))
    if busy:
        return dg.SkipReason(f"waiting for {busy} unfinished runs")
    return dg.RunRequest(run_key=f"landing-{landing}")


def _landings(
    instance: DagsterInstance, assets: Iterable[dg.AssetKey]
) -> dict[dg.AssetKey, tuple[int, float]]:
    """Return storage id and time of the newest landing of each of ``assets`` that landed."""
    entries = [record.asset_entry for record in instance.get_asset_records(list(assets))]
    newest = {entry.asset_key: entry.last_materialization_record for entry in entries}
    return {key: (one.storage_id, one.timestamp) for key, one in newest.items() if one}


def _last_good_build(instance: DagsterInstance) -> float:
    """Return when the newest successful build began; 0 if there was none."""
    good = dg.RunsFilter(job_name=build_warehouse.name, statuses=[dg.DagsterRunStatus.SUCCESS])
    records = instance.get_run_records(good, limit=1)
    return (records[0].start_time or 0.0) if records else 0.0


def _busy(instance: DagsterInstance, jobs: Iterable[str]) -> int:
    filters = (dg.RunsFilter(job_name=job, statuses=UNFINISHED) for job in jobs)
    return sum(instance.get_runs_count(chosen) for chosen in filters)
