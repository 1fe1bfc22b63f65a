"""Documents held against each other before each build: what may be twice the same paper."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg

from ocr_assets import assets as made
from orchestration.failures import translated
from orchestration.layers import POOL
from orchestration.resources import Database


@dg.multi_asset(specs=[made.SKETCHES, made.PAIRS], name="find_duplicates", pool=POOL)
def find_duplicates(
    context: dg.AssetExecutionContext, database: Database
) -> Iterator[dg.MaterializeResult]:
    """Sketch what is new, hold it against all there is; a run without news changes no row."""
    # Loads what only a comparing run needs.
    from orchestration.defs.duplicates import comparison, landing  # noqa: PLC0415
    from orchestration.defs.duplicates.library import Library  # noqa: PLC0415

    with translated("compare documents"), database.connected() as connection:
        library = Library.open(connection)
        kept = landing.sketched(connection)
        work = comparison.work_to_do(library, kept)
        cards = comparison.cards(library, kept, work)
        found = list(comparison.pairs(library, cards, work.fresh))
        warehouse = database.warehouse()
        if work.touched:
            landing.land_pairs(library, warehouse, found, work)
            fresh = {key: cards[key] for key in work.fresh}
            landing.land_sketches(library, warehouse, kept, fresh)
    context.log.info("%d new contents, %d gone", len(work.fresh), len(work.gone))
    counts = Counter(str(row["verdict"]) for row in found)
    yield dg.MaterializeResult(
        made.PAIRS.key, metadata={f"found {verdict}": n for verdict, n in sorted(counts.items())}
    )
    yield dg.MaterializeResult(
        made.SKETCHES.key, metadata={"contents": len(cards), "new contents": len(work.fresh)}
    )
