"""The ledgers as sources of the graph: written when things happen, few by a run of their own."""

import dagster as dg

from warehouse.schema import LEDGER
from warehouse.tables.acceptance import KNOWN_BAD, PLANS, SAMPLES
from warehouse.tables.learning import THRESHOLDS

OWNER = "team:warehouse"
# Assets of digitisation (the draw of a sample) and of learning.
WRITTEN_BY_RUNS = (PLANS, SAMPLES, KNOWN_BAD, THRESHOLDS)


@dg.definitions
def ledgers() -> dg.Definitions:
    """Return one external asset per ledger."""
    return dg.Definitions(
        assets=[
            dg.AssetSpec(
                key=["ledger", table.name],
                description=table.comment,
                group_name="ledger",
                owners=[OWNER],
                kinds={"postgres"},
            )
            for table in LEDGER.sorted_tables
            if table not in WRITTEN_BY_RUNS
        ]
    )
