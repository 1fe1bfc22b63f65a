"""Changes of the land database, day by day, and all its keys now and then."""

import dagster as dg

from orchestration.pulls import Source, comparison_of, days_of

PARCELS = Source(
    entity="land__parcels",
    key="parcel_id",
    resource="land_registry",
    what="Parcels changed on one day, with old and new keys",
    changes=lambda registry, day: registry.parcels_changed_on(day),
    keys=lambda registry: registry.parcel_keys(),
)


@dg.definitions
def land() -> dg.Definitions:
    """Return the assets of the land database."""
    return dg.Definitions(assets=[days_of(PARCELS), comparison_of(PARCELS)])
