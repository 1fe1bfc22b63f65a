"""Notice that the warehouse is behind its raw data: a sensor over what was landed."""

from collections.abc import Iterable

import dagster as dg
from dagster import DagsterInstance

from orchestration.defs.operations.jobs import build_warehouse, digitize_batch, pull_sources
from orchestration.raw_assets import RAW_ASSETS

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

    Each state of the raw data is asked for once: a build that a gate has stopped is not repeated
    until something else lands or a person launches it.
    """
    instance = context.instance
    newest = _newest_landing(instance, RAW_ASSETS)
    if newest is None:
        return dg.SkipReason("nothing has landed yet")
    landing, landed_at = newest
    if landed_at <= _last_good_build(instance):
        return dg.SkipReason("the last build is newer than all raw data")
    busy = _busy(instance, (digitize_batch.name, pull_sources.name, build_warehouse.name))
    if busy:
        return dg.SkipReason(f"waiting for {busy} unfinished runs")
    return dg.RunRequest(run_key=f"landing-{landing}")


def _newest_landing(
    instance: DagsterInstance, assets: Iterable[dg.AssetKey]
) -> tuple[int, float] | None:
    """Return storage id and time of the newest materialisation among ``assets``."""
    records = instance.get_asset_records(list(assets))
    last = [record.asset_entry.last_materialization_record for record in records]
    return max(((one.storage_id, one.timestamp) for one in last if one), default=None)


def _last_good_build(instance: DagsterInstance) -> float:
    """Return when the newest successful build began; 0 if there was none."""
    good = dg.RunsFilter(job_name=build_warehouse.name, statuses=[dg.DagsterRunStatus.SUCCESS])
    records = instance.get_run_records(good, limit=1)
    return (records[0].start_time or 0.0) if records else 0.0


def _busy(instance: DagsterInstance, jobs: Iterable[str]) -> int:
    filters = (dg.RunsFilter(job_name=job, statuses=UNFINISHED) for job in jobs)
    return sum(instance.get_runs_count(chosen) for chosen in filters)
