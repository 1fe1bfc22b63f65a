"""The agency authority file, landed as delivered."""

from pathlib import Path
from typing import Any

import dagster as dg

from connectors.catalog.agencies import read_agencies
from orchestration.failures import translated
from orchestration.resources import Database, landed
from orchestration.settings import settings
from warehouse.versions import next_batch


@dg.asset(
    key=["raw", "catalog__agencies"],
    group_name="catalog",
    owners=["team:archives"],
    kinds={"python", "postgres", "csv"},
)
def agencies(database: Database) -> dg.MaterializeResult:
    """The city's agencies: names, bloc, parent, commune, successors. One row per agency and time.

    Read from agencies.csv; a version of the file is a batch, so an unchanged file changes nothing.
    """
    with translated("read the agency authority file"):
        catalog = read_agencies(Path(settings().catalog) / "agencies.csv")
        batch = next_batch(database.url(), "catalog__agencies", catalog.digest)
        told: dict[str, Any] = {"version": catalog.digest[:12], "is_news": batch is not None}
        if batch is None:
            return dg.MaterializeResult(metadata={"dagster/row_count": len(catalog.rows), **told})
        landing = database.warehouse().land("catalog__agencies", catalog.rows, batch_id=batch)
    return dg.MaterializeResult(metadata={**landed(landing), **told})
