"""The names of everything that lands: the raw tables and the ledgers, as asset keys."""

import dagster as dg

from warehouse.schema import LEDGER, RAW

RAW_ASSETS = tuple(dg.AssetKey(["raw", table.name]) for table in RAW.sorted_tables)
LEDGER_ASSETS = tuple(dg.AssetKey(["ledger", table.name]) for table in LEDGER.sorted_tables)
