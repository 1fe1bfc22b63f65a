"""Links that comparing proposes, made before each build from what the last one read and knew."""

import dagster as dg

from orchestration.failures import translated
from orchestration.layers import POOL
from orchestration.raw_assets import LINK_PROPOSALS
from orchestration.resources import Database


@dg.asset(
    key=LINK_PROPOSALS,
    description="Pairs of what documents name and what registries hold that may be one thing, with "
    "probability and how each comparison came out. Proposals: people decide. One row per pair.",
    group_name="linkage",
    owners=["team:warehouse"],
    kinds={"python", "duckdb", "postgres"},
    deps=[["raw", "digitization__pages"], ["raw", "business__enterprises"]],
    pool=POOL,
)
def propose_links(context: dg.AssetExecutionContext, database: Database) -> dg.MaterializeResult:
    """Compare what has no key; a run in which nothing changed lands the same rows again."""
    # Loads what only a comparing run needs.
    from orchestration.defs.linkage.enterprises import proposed  # noqa: PLC0415

    with translated("propose links"), database.connected() as connection:
        found = proposed(connection)
        if found is not None:
            database.warehouse().land("linkage__proposals", found.rows, batch_id=found.batch_id)
    if found is None:
        context.log.info("nothing was built yet: the next run proposes")
        return dg.MaterializeResult(metadata={"proposals": 0})
    return dg.MaterializeResult(metadata={"compared": found.compared, **found.counts})
