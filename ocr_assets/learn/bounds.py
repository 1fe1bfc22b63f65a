"""What so many wrong among so many looked at say of all the others: Clopper and Pearson's bounds.

They are exact for any number looked at, none included, and never too narrow; Wilson's interval is
too narrow for shares near 0, which is where these are.
"""

from collections.abc import Callable
from math import exp, lgamma, log

_PRECISION = 1e-7


def error_at_most(wrong: int, of: int, level: float) -> float:
    """Return the share of errors that is not exceeded, with one-sided confidence ``level``."""
    if wrong >= of:
        return 1.0
    return _crossing(lambda share: _at_most(wrong, of, share) > 1 - level)


def error_at_least(wrong: int, of: int, level: float) -> float:
    """Return the share of errors that is reached, with one-sided confidence ``level``."""
    if wrong == 0:
        return 0.0
    return _crossing(lambda share: 1 - _at_most(wrong - 1, of, share) < 1 - level)


def still_missing(wrong: int, of: int, limit: float, level: float) -> int:
    """Return how many more, all of them right, would bring ``error_at_most`` down to ``limit``."""
    low, high = 0, 1
    while error_at_most(wrong, of + high, level) > limit:
        low, high = high, 2 * high
    if error_at_most(wrong, of, level) <= limit:
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = error_at_most(wrong, of + middle, level) <= limit
        low, high = (low, middle) if is_enough else (middle, high)
    return high


def _at_most(wrong: int, of: int, share: float) -> float:
    """Return how likely at most ``wrong`` of ``of`` are wrong where ``share`` of all are."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return float(wrong >= of)
    logs = (
        lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share)
        + (of - k) * log(1 - share)
        for k in range(wrong + 1)
    )  # fmt: skip
    return min(1.0, sum(map(exp, logs)))


def _crossing(is_below: Callable[[float], bool]) -> float:
    """Return the share up to which ``is_below`` holds."""
    low, high = 0.0, 1.0
    while high - low > _PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high
