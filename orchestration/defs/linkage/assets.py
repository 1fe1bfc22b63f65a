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
    deps=[
        ["raw", "digitization__pages"],
        ["raw", "digitization__fields"],
        ["raw", "business__enterprises"],
        ["raw", "civil_servants__officials"],
        ["raw", "population__name_frequencies"],
    ],
    pool=POOL,
)
def propose_links(context: dg.AssetExecutionContext, database: Database) -> dg.MaterializeResult:
    """Compare what has no key; a run in which nothing changed lands the same rows again."""
    # Loads what only a comparing run needs.
    from orchestration.defs.linkage.enterprises import proposed_enterprises  # noqa: PLC0415
    from orchestration.defs.linkage.officials import proposed_officials  # noqa: PLC0415

    counts: dict[str, int] = {}
    with translated("propose links"), database.connected() as connection:
        for propose in (proposed_enterprises, proposed_officials):
            if (found := propose(connection)) is None:
                context.log.info("nothing was built yet: the next run proposes")
                continue
            database.warehouse().land("linkage__proposals", found.rows, batch_id=found.batch_id)
            counts[f"{found.batch_id} compared"] = found.compared
            counts |= {f"{found.batch_id} {name}": n for name, n in sorted(found.counts.items())}
    return dg.MaterializeResult(metadata=counts)
