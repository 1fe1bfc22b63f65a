"""Changes of every registry, day by day, and all its keys now and then."""

import dagster as dg

from orchestration.pulls import comparison_of, days_of
from orchestration.registries import sources


@dg.definitions
def registries() -> dg.Definitions:
    """Return the days of each entity of each registry, and the comparison where keys are listed."""
    pulled = list(sources())
    return dg.Definitions(
        assets=[
            *(days_of(source) for source in pulled),
            *(comparison_of(source) for source in pulled if source.keys),
        ]
    )
