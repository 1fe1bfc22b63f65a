"""Changes of the business registry, day by day, and all its keys now and then."""

import dagster as dg

from orchestration.pulls import Source, comparison_of, days_of

ENTERPRISES = Source(
    entity="business__enterprises",
    key="tax_code",
    resource="business_registry",
    what="Enterprises changed on one day",
    changes=lambda registry, day: registry.enterprises_changed_on(day),
    keys=lambda registry: registry.enterprise_keys(),
)


@dg.definitions
def business() -> dg.Definitions:
    """Return the assets of the business registry."""
    return dg.Definitions(assets=[days_of(ENTERPRISES), comparison_of(ENTERPRISES)])
