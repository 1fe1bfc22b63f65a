"""What a person's word on one value says of the confidence it was read with, and by which way.

Which values people see is no accident. Doubtful ones wait in a list, all of them, by their
confidence: given the confidence, those that were seen stand for those that were not. Accepted ones
are seen where a sample is keyed blind, drawn by lot; one that somebody came upon otherwise was
noticed because it is wrong, and tells nothing of a share.
"""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """How a value came before a person."""

    REVIEWED = "reviewed"  # it was in doubt and waited in the list
    AUDITED = "audited"  # it was accepted, drawn by lot and keyed blind
    BY_CHANCE = "by_chance"  # it was accepted, and somebody came upon it
    HELD_BACK = "held_back"  # its confidence was enough and a rule wanted it seen all the same


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value of a field: the confidence it was read with, and whether it was right."""

    field: str
    confidence: float
    is_right: bool
    source: Source

    @property
    def counts(self) -> bool:
        """Return whether it may be counted into a share of errors."""
        return self.source in (Source.REVIEWED, Source.AUDITED)
