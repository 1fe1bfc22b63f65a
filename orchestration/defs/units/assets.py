"""Administrative units, landed from the package's tables, our corrections and the city's own."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from connectors.units.corrections import OWN_NAME
from connectors.units.crosswalk import read_crosswalk
from connectors.units.rows import commune_rows, edition, transfer_rows
from orchestration.failures import translated
from orchestration.resources import Database, landed
from orchestration.settings import settings
from warehouse.loading import Bundle


def _spec(table: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", table],
        group_name="catalog",
        owners=["team:archives"],
        kinds={"python", "postgres"},
        description=description,
    )


SPECS = (
    _spec("units__communes", "Communes before and after July 2025. One row per commune and time."),
    _spec(
        "units__transfers",
        "What new communes took over of old ones. One row per pair; divided ones wait for people.",
    ),
)


@dg.multi_asset(specs=SPECS, name="units")
def units(database: Database) -> Iterator[dg.MaterializeResult]:
    """Land both tables of one edition together; an unchanged edition changes nothing."""
    with translated("read the tables of administrative units"):
        crosswalk = read_crosswalk(Path(settings().catalog) / OWN_NAME)
        batch = edition(crosswalk)
        landings = database.warehouse().land_together(
            Bundle("units__communes", commune_rows(crosswalk), batch),
            Bundle("units__transfers", transfer_rows(crosswalk), batch),
        )
    for spec, landing in zip(SPECS, landings, strict=True):
        yield dg.MaterializeResult(spec.key, metadata={**landed(landing), "edition": batch})
