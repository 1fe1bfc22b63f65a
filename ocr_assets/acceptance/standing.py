"""Where an inspection stands: what was looked at, what is bad, whether the inspectors look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Eye:
    """How many looks at known-bad pages an inspector took, and how many found them bad."""

    inspector: str
    judged: int
    caught: int

    @property
    def share(self) -> float:
        """The share of known-bad pages that were found bad."""
        return self.caught / self.judged if self.judged else 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """The counts of one plan; known-bad pages are in ``eyes`` and in ``open_count`` only."""

    sample_count: int
    inspected_count: int
    open_count: int  # items nobody has judged, known-bad ones too
    defect_count: int
    disputed: tuple[str, ...]
    eyes: tuple[Eye, ...]

    def is_valid(self, least_caught: float) -> bool:
        """Whether every inspector caught at least this share of what is known to be bad."""
        return all(eye.share >= least_caught for eye in self.eyes)


def standing(sample: Iterable[Row], known_bad: Iterable[Row], findings: Iterable[Row]) -> Standing:
    """Return where an inspection stands.

    Of one inspector's entries on an item the last counts; entries of two stand side by side. An
    item that one of them failed is defective: a doubt is not outvoted, but decided by a person.
    """
    bad = {row["item_code"] for row in known_bad}
    items = [row["item_code"] for row in sample]
    verdicts: dict[str, dict[str, str]] = {item: {} for item in items}
    for row in findings:
        verdicts[row["item_code"]][row["inspector"]] = row["verdict"]
    real = {item: set(said.values()) for item, said in verdicts.items() if item not in bad}
    return Standing(
        sample_count=len(real),
        inspected_count=sum(bool(said) for said in real.values()),
        open_count=sum(not said for said in verdicts.values()),
        defect_count=sum("fail" in said for said in real.values()),
        disputed=tuple(item for item, said in real.items() if len(said) > 1),
        eyes=tuple(_eyes(verdicts, bad)),
    )


def _eyes(verdicts: Mapping[str, Mapping[str, str]], bad: set[str]) -> Iterable[Eye]:
    inspectors = sorted({name for said in verdicts.values() for name in said})
    for name in inspectors:
        looks = [verdicts[item][name] for item in bad if name in verdicts.get(item, {})]
        yield Eye(name, len(looks), looks.count("fail"))
