"""Changes of the business registry, day by day."""

from collections import Counter
from datetime import date

import dagster as dg

from orchestration.business import BusinessAccess
from orchestration.failures import patiently, translated
from orchestration.partitions import registry_day
from orchestration.resources import Database


@dg.asset(
    key=["raw", "business__enterprises"],
    group_name="business",
    owners=["team:integration"],
    kinds={"python", "postgres", "api"},
    partitions_def=registry_day,
    backfill_policy=dg.BackfillPolicy.single_run(),
    retry_policy=patiently,
    pool="business_registry",
)
def enterprises(
    context: dg.AssetExecutionContext, business_registry: BusinessAccess, database: Database
) -> dg.MaterializeResult:
    """Enterprises changed on one day, landed as the registry answered. One row per state sent.

    A day is a batch: pulled again it is replaced. A range of days is one run.
    """
    counts: Counter[str] = Counter()
    registry, warehouse = business_registry.registry(), database.warehouse()
    for day in context.partition_keys:
        with translated(f"pull the enterprises changed on {day}"):
            pull = registry.enterprises_changed_on(date.fromisoformat(day))
            landing = warehouse.land("business__enterprises", pull, batch_id=day)
        counts.update(pull.counts)
        counts["dagster/row_count"] += landing.rows
    return dg.MaterializeResult(metadata={**counts, "days": len(context.partition_keys)})
