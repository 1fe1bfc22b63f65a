"""From which probability a pair is worth showing, chosen without knowing what is true."""

from collections.abc import Sequence

from linkage.pair import ScoredPair

EXPECTED_PRECISION = 0.99
"""Of a hundred pairs shown, one may be wrong by the model's own reckoning. A wrong link says
something false of somebody's land or firm; a missed one waits in a work-list."""

LIKELIER_THAN_NOT = 0.5
"""However sure the others are, nothing is shown that is likelier wrong than right."""


def chosen_threshold(
    pairs: Sequence[ScoredPair],
    expected: float = EXPECTED_PRECISION,
    floor: float = LIKELIER_THAN_NOT,
) -> float:
    """Return the lowest probability from which the pairs are, on average, ``expected`` right.

    With no pair that good the answer is 1: nothing but certainty is shown.
    """
    total, lowest = 0.0, 1.0
    for count, pair in enumerate(sorted(pairs, key=lambda one: -one.probability), start=1):
        total += pair.probability
        if pair.probability < floor or total / count < expected:
            break
        lowest = pair.probability
    return lowest
