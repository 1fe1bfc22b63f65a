"""Records of one set that are one thing: joined likeliest first, never across two strong ids."""

from collections.abc import Iterable, Mapping

from linkage.guards import Guards, JudgedPair, Standing, with_evidence
from linkage.pair import ScoredPair


def judged_duplicates(
    pairs: Iterable[ScoredPair], threshold: float, guards: Guards, strong_ids: Mapping[str, str]
) -> list[JudgedPair]:
    """Judge pairs within one set: no cluster bears two strong ids, none grows without end.

    ``strong_ids`` are numbers that one thing has one of. A pair that would join two of them is
    ambiguous, and so is what hangs on either end of it hardly more firmly.
    """
    spoken, judged = with_evidence(pairs, threshold, guards)
    clusters = Clusters(strong_ids)
    rival: dict[str, float] = {}  # the likeliest pair that was refused, by record
    for pair in sorted(spoken, key=lambda one: (-one.weight, one.left, one.right)):
        if not clusters.join(pair.left, pair.right):
            rival.setdefault(pair.left, pair.weight)
            rival.setdefault(pair.right, pair.weight)
    for pair in spoken:
        is_torn = (
            not clusters.are_one(pair.left, pair.right)
            or any(pair.weight < _over(rival, end, guards) for end in (pair.left, pair.right))
            or clusters.size(pair.left) > guards.largest_cluster
        )
        judged.append(JudgedPair(pair, Standing.AMBIGUOUS if is_torn else Standing.PROPOSED))
    return judged


def clusters_of(judged: Iterable[JudgedPair]) -> list[frozenset[str]]:
    """Return the records that proposed pairs join, directly or through others."""
    clusters = Clusters({})
    for one in judged:
        if one.standing is Standing.PROPOSED:
            clusters.join(one.pair.left, one.pair.right)
    return clusters.all()


def _over(rival: Mapping[str, float], key: str, guards: Guards) -> float:
    return rival[key] + guards.margin_bits if key in rival else float("-inf")


class Clusters:
    """Records joined so far, each cluster with the strong ids it bears (union-find)."""

    def __init__(self, strong_ids: Mapping[str, str]) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._ids: dict[str, set[str]] = {}
        self._strong = strong_ids

    def join(self, left: str, right: str) -> bool:
        """Join two clusters; return False, and join nothing, if two strong ids would meet."""
        first, second = self._root(left), self._root(right)
        if first == second:
            return True
        if len(self._ids[first] | self._ids[second]) > 1:
            return False
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        self._parent[second] = first
        self._members[first] |= self._members.pop(second)
        self._ids[first] |= self._ids.pop(second)
        return True

    def are_one(self, left: str, right: str) -> bool:
        """Return whether two records are in one cluster."""
        return self._root(left) == self._root(right)

    def size(self, key: str) -> int:
        """Return how many records the cluster of ``key`` has."""
        return len(self._members[self._root(key)])

    def all(self) -> list[frozenset[str]]:
        """Return the clusters."""
        return [frozenset(members) for members in self._members.values()]

    def _root(self, key: str) -> str:
        if key not in self._parent:
            self._parent[key], self._members[key] = key, {key}
            self._ids[key] = {self._strong[key]} if self._strong.get(key) else set()
        while (parent := self._parent[key]) != key:
            self._parent[key] = self._parent[parent]
            key = parent
        return key
