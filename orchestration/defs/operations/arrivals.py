"""Notice what was delivered: a sensor over the inbox."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import sqlalchemy as sa

from ocr_assets.assets import scan_batch
from ocr_assets.delivery_ledger import Arrival, DeliveryLedger, identify
from ocr_assets.parcels import places_in
from orchestration.defs.operations.jobs import digitize_batch
from orchestration.failures import translated
from orchestration.resources import Database
from orchestration.settings import settings

# Whoever registers a partition launches it at once; after this long, they died in between.
LAUNCHED_WITHIN = timedelta(seconds=45)


@dg.sensor(
    job=digitize_batch,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def batch_arrivals(
    context: dg.SensorEvaluationContext, database: Database
) -> dg.SensorResult | dg.SkipReason:
    """Enter each complete delivery in the ledger, register its batch, ask for its digitisation.

    The ledger alone says what is new: there is no cursor, and a Dagster that has forgotten
    everything registers the known batches again without digitising what has come to its end.
    A batch that has neither ended nor a run is asked for: whoever registered it died in between.
    """
    with translated("look into the inbox"):
        arrivals = _entered(Path(settings().inbox), database)
    known = set(context.instance.get_dynamic_partitions(str(scan_batch.name)))
    fresh = sorted(set(arrivals) - known)
    wanted = [
        key
        for key, arrival in sorted(arrivals.items())
        if not arrival.has_ended
        and (key not in known or _is_overdue(arrival))
        and not _has_run(context, key)
    ]
    if not fresh and not wanted:
        return dg.SkipReason(f"{len(arrivals)} deliveries in the inbox, all known")
    return dg.SensorResult(
        # No run key: it would forbid asking again after a person has wiped the partition.
        run_requests=[dg.RunRequest(partition_key=key) for key in wanted],
        dynamic_partitions_requests=[scan_batch.build_add_request(fresh)] if fresh else [],
    )


def _entered(inbox: Path, database: Database) -> Mapping[str, Arrival]:
    """Return what the inbox holds by batch; each delivery is entered by a transaction of its own.

    A delivery that changes or goes away under our eyes is looked at next time; one that cannot be
    looked at, or written down, does not keep the others out.
    """
    found = {}
    for place in places_in(inbox):
        try:
            told = identify(place)
            with database.connected() as connection:
                arrival = DeliveryLedger(connection).receive(told)
        except FileNotFoundError:
            continue
        except (OSError, ValueError, sa.exc.DataError) as error:
            # Its name and the message stay out of the log: both are an office's words.
            dg.get_dagster_logger().warning(
                f"one delivery of the inbox cannot be entered ({type(error).__name__}): look at"
                " the newest ones for unreadable files or names"
            )
            continue
        found[arrival.batch_id] = arrival
    return found


def _is_overdue(arrival: Arrival) -> bool:
    return datetime.now(UTC) - arrival.recorded_at > LAUNCHED_WITHIN


def _has_run(context: dg.SensorEvaluationContext, key: str) -> bool:
    chosen = dg.RunsFilter(job_name=digitize_batch.name, tags={"dagster/partition": key})
    return context.instance.get_runs_count(chosen) > 0
