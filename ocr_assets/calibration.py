"""From how sure the lattice is to how often such a word is right.

The lattice's certainty is modest: of words it holds three quarters likely, 97 of 100 are right. The
table was read off 72,000 words of pages printed from legal texts the language model had not seen,
clean and damaged, and lowered near 1 to what 2,300 words of real scans bear out
(`make bench-calibration` prints both, before and after).
"""

from itertools import pairwise

#: (what the lattice says, how often it is right)
_KNOTS = (
    (0.0, 0.2),
    (0.22, 0.39),
    (0.42, 0.64),
    (0.63, 0.91),
    (0.75, 0.97),
    (0.855, 0.976),
    (0.93, 0.984),
    (0.967, 0.988),
    (0.986, 0.991),
    (1.0, 0.995),
)


def probability(certainty: float) -> float:
    """Return how likely a word is right that the reader holds with ``certainty`` (0 to 1)."""
    if certainty <= 0:
        return _KNOTS[0][1]
    for (low, at_low), (high, at_high) in pairwise(_KNOTS):
        if certainty <= high:
            return at_low + (at_high - at_low) * (certainty - low) / (high - low)
    return _KNOTS[-1][1]
