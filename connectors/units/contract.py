"""What a unit and a transfer are, and what a correction may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CITY = "01"  # Hà Nội in the list of provinces
FIRST_DAY = date(2025, 7, 1)
"""First day of the communes of Resolution 1656/NQ-UBTVQH15, and of no district."""
LAST_DAY = date(2025, 6, 30)


class Share(StrEnum):
    """How much of an old unit's land, or of its people, went to one new unit."""

    ALL = "all"
    PART = "part"
    NONE = "none"
    UNKNOWN = "unknown"
    """Nobody said; only of people. It is not "part": the unit may have got none or all of them."""


class Word(StrEnum):
    """What a correction says: each is a fact with a source, not an opinion."""

    PAIR = "pair"
    """The new unit took over something of the old one."""
    NO_PAIR = "no_pair"
    """It did not, whatever a table prints."""
    LAND_ONLY = "land_only"
    """It took over land, and nobody who lives there."""
    PEOPLE_IN_PART = "people_in_part"
    """It took over a part of the people, though no other unit is said to have the rest."""
    OLD_NAME = "old_name"
    """The old unit was called so."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune under one name for one time; ``valid_from`` is empty where no table tells it."""

    code: str
    name: str
    district_code: str | None
    district_name: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one new unit took over of one old one, and the words the tables were corrected by."""

    old_code: str
    new_code: str
    land: Share
    people: Share
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of ``corrections.csv``, or of the city's own file of the same form."""

    word: Word
    old_code: str
    new_code: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """The tables of the package for one province: units by code, and who took over whom."""

    old: Mapping[str, Unit]
    new: Mapping[str, Unit]
    pairs: frozenset[tuple[str, str]]
    version: str
