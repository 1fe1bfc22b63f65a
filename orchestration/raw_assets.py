"""The names of everything that lands on its own: raw tables and ledgers, as asset keys."""

import dagster as dg

from ocr_assets import assets as made
from warehouse.schema import LEDGER, RAW

# A build makes these itself: they never wait for it, and never ask for another one.
_OF_A_BUILD = {
    one.key for one in (made.SKETCHES, made.PAIRS, made.PROPOSALS, made.EMBEDDINGS, made.NEIGHBOURS)
}

# Full lists of keys are compared once a week: news when they come, and not waited for.
_NOT_AWAITED = ("_compared",)


def _landing_on_their_own(*, awaited: bool) -> tuple[dg.AssetKey, ...]:
    keys = (dg.AssetKey(["raw", table.name]) for table in RAW.sorted_tables)
    return tuple(
        key
        for key in keys
        if key not in _OF_A_BUILD and key.path[-1].endswith(_NOT_AWAITED) != awaited
    )


RAW_ASSETS = _landing_on_their_own(awaited=True)
OCCASIONAL_ASSETS = _landing_on_their_own(awaited=False)
LEDGER_ASSETS = tuple(dg.AssetKey(["ledger", table.name]) for table in LEDGER.sorted_tables)
