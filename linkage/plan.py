"""How two sets of records are compared, in plain values; no word of the engine's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Likeness(StrEnum):
    """In which ways two values of a column can be alike."""

    NAME = "name"  # same, same letters without marks, close, other
    WORDS = "words"  # same, same letters without marks, close, akin, other
    DATE = "date"  # same, day and month exchanged, one digit off, same year, other
    CODE = "code"  # same, one ends like the other, one digit off, other
    SAME = "same"  # same, other


class Level(StrEnum):
    """How much two values turned out to be alike; what a proposal says of a comparison."""

    SAME = "same"
    SAME_LETTERS = "same_letters"
    SAME_END = "same_end"
    EXCHANGED = "exchanged"
    ONE_OFF = "one_off"
    CLOSE = "close"
    AKIN = "akin"
    SAME_YEAR = "same_year"
    OTHER = "other"
    NOT_GIVEN = "not_given"


@dataclass(frozen=True, slots=True)
class Compared:
    """One column, how its values are compared, and whether agreeing on a rare one tells more.

    ``frequencies`` gives the share of people who bear a value, where it is known better than
    these records can tell; else, with ``is_weighed``, it is counted in them.
    """

    column: str
    likeness: Likeness
    is_weighed: bool = False
    frequencies: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What linking may use of this machine. One thread: sums come out the same every time."""

    memory_mb: int = 1024
    threads: int = 1
    sampled_pairs: int = 1_000_000


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """What is compared, which pairs at all, and what the model may learn from.

    ``blocking`` and ``training`` are lists of columns that must be equal for a pair to be looked
    at; ``certain`` lists columns whose equality all but proves a pair (it sets how many pairs are
    expected, never a link). Where nothing is certain, ``expected_share`` says how many of the left
    records have a partner. Derived columns may be named: ``<column>_letters``, and ``_year`` of
    dates.
    """

    compared: tuple[Compared, ...]
    blocking: tuple[tuple[str, ...], ...]
    training: tuple[tuple[str, ...], ...]
    certain: tuple[tuple[str, ...], ...]
    certain_recall: float = 0.6
    expected_share: float = 0.5
    least_to_learn: int = 100  # records; fewer teach nothing, and matches agree as is usual
    seed: int = 7
    bounds: Bounds = Bounds()
