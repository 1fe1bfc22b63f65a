"""The sample by which a digitised batch is accepted: drawn as soon as the batch has landed."""

from collections.abc import Iterator

import dagster as dg

from ocr_assets.acceptance.errors import NothingToInspect
from ocr_assets.assets import OWNER, scan_batch
from orchestration.acceptance import open_planner
from orchestration.failures import translated
from orchestration.resources import Database
from orchestration.settings import settings
from warehouse.tables.acceptance import KNOWN_BAD, PLANS, SAMPLES

INSPECTED = ("files", "documents", "pages", "fields")
LEDGERS = tuple(
    dg.AssetSpec(
        key=["ledger", ledger.name],
        description=ledger.comment,
        group_name="digitization",
        owners=[OWNER],
        kinds={"python", "postgres"},
        partitions_def=scan_batch,
        deps=[["raw", f"digitization__{name}"] for name in INSPECTED],
    )
    for ledger in (PLANS, SAMPLES, KNOWN_BAD)
)


@dg.multi_asset(specs=LEDGERS, name="draw_sample")
def draw_sample(
    context: dg.AssetExecutionContext, database: Database
) -> Iterator[dg.MaterializeResult]:
    """Draw a sample for each vendor of the batch; one that was drawn before stands."""
    with translated("draw the sample of the batch"):
        counts = _drawn(context.partition_key, database.url())
    for spec in LEDGERS:
        yield dg.MaterializeResult(spec.key, metadata=counts)


def _drawn(batch: str, url: str) -> dict[str, int]:
    """Return how much was drawn; a batch of refusals only has nothing to be looked at."""
    with open_planner(settings(), url) as planner:
        try:
            plans = planner.plan(batch)
        except NothingToInspect:
            plans = []
    return {
        "plans": len(plans),
        "units in the lot": sum(plan["lot_size"] for plan in plans),
        "units in the sample": sum(plan["sample_size"] for plan in plans),
        "known-bad pages": sum(plan["known_bad_count"] for plan in plans),
    }
