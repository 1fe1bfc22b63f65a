"""The agency authority file, landed as delivered."""

from pathlib import Path

import dagster as dg

from connectors.catalog.agencies import read_agencies
from orchestration.failures import translated
from orchestration.resources import Database, landed
from orchestration.settings import settings


@dg.asset(
    key=["raw", "catalog__agencies"],
    group_name="catalog",
    owners=["team:archives"],
    kinds={"python", "postgres", "csv"},
)
def agencies(database: Database) -> dg.MaterializeResult:
    """The city's agencies: names as printed, bloc, parent, commune, successors. One row per agency.

    Read from agencies.csv; a version of the file is a batch, so an unchanged file changes nothing.
    """
    with translated("read the agency authority file"):
        catalog = read_agencies(Path(settings().catalog) / "agencies.csv")
        warehouse = database.warehouse()
        landing = warehouse.land("catalog__agencies", catalog.rows, batch_id=catalog.digest)
    return dg.MaterializeResult(metadata={**landed(landing), "version": catalog.digest[:12]})
