"""What comparing gives: pairs of keys with how probably they are one, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from linkage.plan import Level


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two keys, how probably they are one, and how each comparison came out."""

    left: str
    right: str
    probability: float
    weight: float
    agreements: Mapping[str, Level]

    def __repr__(self) -> str:
        """Return the pair without its keys: in some registries a key is a person's number."""
        return f"ScoredPair(probability={self.probability:.4f})"


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairs, likeliest first, and the model that scored them."""

    pairs: tuple[ScoredPair, ...]
    model_id: str
