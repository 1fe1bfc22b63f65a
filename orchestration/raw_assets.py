"""The names of everything that lands: the raw tables, as asset keys."""

import dagster as dg

from warehouse.schema import RAW

RAW_ASSETS = tuple(dg.AssetKey(["raw", table.name]) for table in RAW.sorted_tables)
