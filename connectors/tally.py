"""Counts by names that others chose: the first are told, however many they make up."""

from collections import Counter
from collections.abc import Iterable, Mapping

MOST_NAMES = 20
FURTHER = "(further names)"
UNKNOWN = "unknown: "


class Tally(Counter[str]):
    """A counter of names that are not ours; those after the first few are one number together."""

    def add(self, name: str, times: int = 1) -> None:
        """Count ``name``."""
        is_told = name in self or len(self) < MOST_NAMES
        self[name if is_told else FURTHER] += times


def summed(told: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return what several pulls report as one report, which names no more than one of them may."""
    counts: Counter[str] = Counter()
    unknown = Tally()
    for of_one in told:
        for name, count in of_one.items():
            if name.startswith(UNKNOWN):
                unknown.add(name.removeprefix(UNKNOWN), count)
            else:
                counts[name] += count
    return counts | {f"{UNKNOWN}{name}": count for name, count in unknown.items()}
