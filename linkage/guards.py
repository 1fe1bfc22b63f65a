"""What keeps pairs from being taken for one where the world says no: ambiguous, never merged."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from linkage.pair import ScoredPair
from linkage.plan import Level

_AGREES = frozenset({Level.SAME, Level.SAME_LETTERS, Level.SAME_END, Level.EXCHANGED})


class Standing(StrEnum):
    """What may be done with a pair above the threshold."""

    PROPOSED = "proposed"  # to a person; a link is what a person says
    AMBIGUOUS = "ambiguous"  # several answers, or one that contradicts itself
    NAMES_ONLY = "names_only"  # nothing but names speaks for it: never shown as a match


@dataclass(frozen=True, slots=True)
class Guards:
    """What must hold: evidence besides names, how often a record may be linked, how sure."""

    besides_names: tuple[str, ...] = ()  # comparisons of which one must agree; none: no such rule
    is_left_linked_once: bool = False
    is_right_linked_once: bool = False
    largest_cluster: int = 10
    margin_bits: float = 3.0  # the best answer is eight times likelier than the next, or none is


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A scored pair and what may be done with it."""

    pair: ScoredPair
    standing: Standing


def with_evidence(
    pairs: Iterable[ScoredPair], threshold: float, guards: Guards
) -> tuple[list[ScoredPair], list[JudgedPair]]:
    """Return the pairs above the threshold that more than names speaks for, and the others."""
    spoken, silent = [], []
    for pair in pairs:
        if pair.probability < threshold:
            continue
        wanted = guards.besides_names
        if not wanted or any(pair.agreements[column] in _AGREES for column in wanted):
            spoken.append(pair)
        else:
            silent.append(JudgedPair(pair, Standing.NAMES_ONLY))
    return spoken, silent


def judged_links(pairs: Iterable[ScoredPair], threshold: float, guards: Guards) -> list[JudgedPair]:
    """Judge pairs between two sets; a record with two answers nearly as good has none.

    Pairs that a clearly better one beats are left out: they are answers to nothing.
    """
    spoken, judged = with_evidence(pairs, threshold, guards)
    sides = [_Side(spoken, is_left=True)] if guards.is_left_linked_once else []
    sides += [_Side(spoken, is_left=False)] if guards.is_right_linked_once else []
    for pair in spoken:
        if all(side.behind(pair) <= -guards.margin_bits for side in sides):
            judged.append(JudgedPair(pair, Standing.PROPOSED))
        elif all(side.behind(pair) < guards.margin_bits for side in sides):
            judged.append(JudgedPair(pair, Standing.AMBIGUOUS))
    return judged


class _Side:
    """For each record of one side its two likeliest pairs."""

    def __init__(self, pairs: Iterable[ScoredPair], *, is_left: bool) -> None:
        self._is_left = is_left
        self._best: dict[str, list[float]] = {}
        for pair in pairs:
            weights = self._best.setdefault(self._key(pair), [])
            weights.append(pair.weight)
            weights.sort(reverse=True)
            del weights[2:]

    def behind(self, pair: ScoredPair) -> float:
        """Return by how many bits the best other pair of the record is ahead; below 0: behind."""
        weights = self._best[self._key(pair)]
        if pair.weight < weights[0]:
            return weights[0] - pair.weight
        return weights[1] - pair.weight if len(weights) > 1 else float("-inf")

    def _key(self, pair: ScoredPair) -> str:
        return pair.left if self._is_left else pair.right
