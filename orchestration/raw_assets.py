"""The names of everything that lands on its own: raw tables and ledgers, as asset keys."""

import dagster as dg

from ocr_assets import assets as made
from warehouse.schema import LEDGER, RAW

# A build makes these itself: they never wait for it, and never ask for another one.
_OF_A_BUILD = {
    one.key for one in (made.SKETCHES, made.PAIRS, made.PROPOSALS, made.EMBEDDINGS, made.NEIGHBOURS)
}

RAW_ASSETS = tuple(
    key
    for key in (dg.AssetKey(["raw", table.name]) for table in RAW.sorted_tables)
    if key not in _OF_A_BUILD
)
LEDGER_ASSETS = tuple(dg.AssetKey(["ledger", table.name]) for table in LEDGER.sorted_tables)
