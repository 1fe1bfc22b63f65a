"""From a confidence to how often such a value was right: rising steps fitted to what people said.

Pool adjacent violators: neighbours are pooled until no surer group was right less often. It assumes
nothing but that more confidence is not worse, and needs no scale.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Values from ``confidence`` up to the next step: ``right`` of ``of`` looked at were right."""

    confidence: float
    right: int
    of: int

    @property
    def share(self) -> float:
        """Return how likely such a value is right: never sure, for more could have been seen."""
        return (self.right + 0.5) / (self.of + 1)


def steps_of(judged: Iterable[tuple[float, bool]]) -> tuple[Step, ...]:
    """Return the steps through pairs of confidence and whether the value was right."""
    made: list[Step] = []
    for confidence, is_right in sorted(judged):
        made.append(Step(confidence, int(is_right), 1))
        while len(made) > 1 and not _rises(made[-2], made[-1]):
            upper, lower = made.pop(), made.pop()
            made.append(Step(lower.confidence, lower.right + upper.right, lower.of + upper.of))
    return tuple(made)


def _rises(lower: Step, upper: Step) -> bool:
    """Return whether the surer step was right more often; equal steps and equal sureness join."""
    is_apart = upper.confidence > lower.confidence
    return is_apart and upper.right * lower.of > lower.right * upper.of
