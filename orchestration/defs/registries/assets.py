"""Changes of every registry, day by day, and all its keys now and then."""

import dagster as dg

from orchestration.pulls import comparison_of, days_of
from orchestration.registries import sources


@dg.definitions
def registries() -> dg.Definitions:
    """Return two assets definitions for each entity of each registry."""
    return dg.Definitions(
        assets=[make(source) for source in sources() for make in (days_of, comparison_of)]
    )
