"""From judgements of one field to the confidence at which its values need no second look.

Judged is the region above a threshold, by the upper bound of its error. The walk goes down from the
threshold of today in steps and stops at the first that does not hold, so that trying many costs
nothing of the stated confidence. What was accepted and what would be are two strata that
were not sampled alike: each is bounded on its own, and weighed by how many values it has in truth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ocr_assets.learn.bounds import error_at_least, error_at_most, still_missing
from ocr_assets.learn.judgement import Judgement

NEVER = 1.01  # a threshold above every confidence: all values of the field are looked at
_LOWEST = 50  # hundredths; what is as often wrong as right is never accepted
_STEP = 4  # hundredths: a narrower band has too few values looked at to say anything
_HUNDREDTHS = 100


class Status(StrEnum):
    """What came of the threshold of a field."""

    TOO_FEW = "too_few"  # nothing is proved either way: it stays
    HOLDS = "holds"
    LOWERED = "lowered"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked: with confidence ``level``, no more than ``limit`` of the accepted wrong."""

    limit: float
    level: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of one field; ``looked_at`` and ``wrong`` count above ``threshold``.

    ``missing`` is how many more values, looked at and right, would prove the limit there.
    """

    status: Status
    threshold: float
    looked_at: int
    wrong: int
    error_low: float
    error_high: float
    missing: int


def learned(
    judged: Sequence[Judgement], population: Mapping[int, int], today: float, rule: Rule
) -> Lesson:
    """Return the threshold for one field; ``population`` counts all its values by hundredths."""
    field = _Field([one for one in judged if one.counts], population, rule)
    start = round(today * _HUNDREDTHS)
    if field.is_worse(start):
        return field.told(Status.RAISED, field.higher(start))
    if not field.holds(start):
        return field.told(Status.TOO_FEW, start)
    lowest = field.lower(start)
    return field.told(Status.LOWERED if lowest < start else Status.HOLDS, lowest)


class _Field:
    """The judgements of one field that count, asked about regions of confidence in hundredths."""

    def __init__(
        self, judged: Sequence[Judgement], population: Mapping[int, int], rule: Rule
    ) -> None:
        self._judged = [(hundredth(one.confidence), one.is_right) for one in judged]
        self._population = population
        self._rule = rule

    def told(self, status: Status, at: int) -> Lesson:
        of, wrong = self._counted(at)
        limit, level = self._rule.limit, self._rule.level
        return Lesson(
            status,
            at / _HUNDREDTHS,
            of,
            wrong,
            error_at_least(wrong, of, level),
            error_at_most(wrong, of, level),
            still_missing(wrong, of, limit, level),
        )

    def holds(self, start: int) -> bool:
        """Return whether the error above ``start`` is within the limit for all that is known."""
        of, wrong = self._counted(start)
        return error_at_most(wrong, of, self._rule.level) <= self._rule.limit

    def is_worse(self, start: int) -> bool:
        """Return whether the error above ``start`` is beyond the limit for all that is known."""
        of, wrong = self._counted(start)
        return error_at_least(wrong, of, self._rule.level) > self._rule.limit

    def higher(self, start: int) -> int:
        """Return the next threshold above which no more than the limit was seen wrong."""
        for at in range(start + 1, _HUNDREDTHS + 1):
            of, wrong = self._counted(at)
            if of and wrong <= self._rule.limit * of:
                return at
        return round(NEVER * _HUNDREDTHS)

    def lower(self, start: int) -> int:
        """Return the lowest threshold that holds, by way of thresholds that hold."""
        lowest = start
        for at in range(start - _STEP, _LOWEST - 1, -_STEP):
            if not self._holds_below(start, at):
                break
            seen = (confidence for confidence, _ in self._judged if confidence >= at)
            lowest = min(lowest, min(seen, default=start))
        return lowest

    def _holds_below(self, start: int, at: int) -> bool:
        of, wrong = self._counted(at, start)
        if wrong > self._rule.limit * of:
            return False
        halved = 1 - (1 - self._rule.level) / 2  # two bounds hold together
        above, below = self._many(start), self._many(at, start)
        if not above + below:
            return False
        known, bad = self._counted(start)
        error = above * error_at_most(bad, known, halved) + below * error_at_most(wrong, of, halved)
        return error <= self._rule.limit * (above + below)

    def _counted(self, low: int, high: int = _HUNDREDTHS + 1) -> tuple[int, int]:
        """Return how many were looked at from ``low`` to below ``high``, and how many wrong."""
        rights = [is_right for confidence, is_right in self._judged if low <= confidence < high]
        return len(rights), len(rights) - sum(rights)

    def _many(self, low: int, high: int = _HUNDREDTHS + 1) -> int:
        return sum(n for confidence, n in self._population.items() if low <= confidence < high)


def hundredth(confidence: float) -> int:
    """Return the whole hundredths in a confidence: .8799 stands below a threshold of .88."""
    return int(confidence * _HUNDREDTHS + 1e-6)
