"""Notice what was delivered: a sensor over the inbox."""

import json
from pathlib import Path

import dagster as dg

from ocr_assets.assets import scan_batch
from ocr_assets.intake import COMPLETE, batch_key
from orchestration.defs.operations.jobs import digitize_batch
from orchestration.settings import settings


@dg.sensor(
    job=digitize_batch,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def batch_arrivals(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Register each complete delivery as a batch and ask for its digitisation, once.

    A delivery whose manifest changes gets another key, so a correction is not taken for known.
    A key that is registered, but that no run works on at the second look, is asked for again:
    the tick that registered it died before its run was queued.
    """
    delivered = [batch_key(folder) for folder in _complete(settings().inbox)]
    registered = set(context.instance.get_dynamic_partitions(str(scan_batch.name)))
    seen = json.loads(context.cursor or "{}")
    fresh = [key for key in delivered if key not in registered]
    # Runs are looked up only for keys that were not settled at an earlier look.
    orphans = [
        key
        for key in delivered
        if key in registered and seen.get(key) != "settled" and not _has_run(context, key)
    ]
    lost = [key for key in orphans if seen.get(key) == "orphan"]
    now = dict.fromkeys(delivered, "settled") | dict.fromkeys(fresh + orphans, "orphan")
    cursor = json.dumps(now, sort_keys=True)
    if not fresh + lost:
        context.update_cursor(cursor)
        return dg.SkipReason(f"{len(delivered)} deliveries in the inbox, all known")
    return dg.SensorResult(
        # No run key: it would forbid asking again after a person has wiped the partition.
        run_requests=[dg.RunRequest(partition_key=key) for key in fresh + lost],
        dynamic_partitions_requests=[scan_batch.build_add_request(fresh)] if fresh else [],
        cursor=cursor,
    )


def _complete(inbox: Path) -> list[Path]:
    """Return the folders whose delivery is finished."""
    if not inbox.is_dir():
        return []
    return sorted(folder for folder in inbox.iterdir() if (folder / COMPLETE).is_file())


def _has_run(context: dg.SensorEvaluationContext, key: str) -> bool:
    chosen = dg.RunsFilter(job_name=digitize_batch.name, tags={"dagster/partition": key})
    return context.instance.get_runs_count(chosen) > 0
