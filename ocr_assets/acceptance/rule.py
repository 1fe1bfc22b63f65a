"""The rule of acceptance of this installation, and who answers for it."""

import math
from dataclasses import dataclass

LEAST_KNOWN_BAD = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What is inspected, how much, how strictly; ``owner`` answers for these choices."""

    owner: str
    limit: float = 1.5  # acceptance quality limit, percent of units with a defect
    level: str = "II"
    unit: str = "page"
    is_reduced_allowed: bool = False
    known_bad_share: float = 0.05
    least_caught: float = 0.6

    def known_bad_count(self, sample: int) -> int:
        """Return how many known-bad pages go among ``sample`` units."""
        if not self.known_bad_share:
            return 0
        return max(LEAST_KNOWN_BAD, math.ceil(sample * self.known_bad_share))
