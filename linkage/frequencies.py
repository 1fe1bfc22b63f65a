"""How common names are: shares made of counted names, part by part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from linkage.spelling import spelled


def shares(counted: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, float]]:
    """Return for each part (family, middle, given) the share of people who bear each name.

    ``counted`` are rows of (part, name, people); one name spelled in two ways is one name.
    """
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for part, name, count in counted:
        people[part][spelled(name)] += count
    return {
        part: {name: count / total for name, count in names.items()}
        for part, names in people.items()
        if (total := sum(names.values())) > 0
    }


def completed(known: Mapping[str, float], seen: Iterable[str]) -> dict[str, float]:
    """Return ``known`` with every name seen: who is not listed is as rare as the rarest listed."""
    rarest = min((share for share in known.values() if share > 0), default=1.0)
    return dict.fromkeys(seen, rarest) | {k: v for k, v in known.items() if v > 0}
