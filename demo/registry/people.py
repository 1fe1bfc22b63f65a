"""Invented people, each the same for the same seed and number; nobody is kept, all are worked out.

Registers state people, population knows them: both ask here, so that most claims agree. Numbers
begin with 000, which no province has, and every name has THỬ ("trial") in it.
"""

import random
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from demo.registry.words import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES

OFFICIALS_FROM = 600_000_000
UNKNOWN_HOLDERS, UNKNOWN_OFFICIALS = 0.15, 0.03


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One person as population knows them, if it does."""

    number: str
    name: str
    birth_date: date
    sex: str
    is_registered: bool


def person(seed: int, ordinal: int) -> Person:
    """Return the ``ordinal``-th person; officials stand from ``OFFICIALS_FROM`` on."""
    chance = random.Random(f"{seed}/{ordinal}")  # noqa: S311 - invented data, not secrets
    unknown = UNKNOWN_OFFICIALS if ordinal >= OFFICIALS_FROM else UNKNOWN_HOLDERS
    middle = _MIDDLE.drawn(chance)
    return Person(
        number=person_id(ordinal),
        name=f"{_FAMILY.drawn(chance)} {middle} {_GIVEN.drawn(chance)}",
        birth_date=date(1945, 1, 1) + timedelta(days=chance.randrange(21_000)),
        sex="female" if "Thị" in middle or chance.random() < 0.4 else "male",
        is_registered=chance.random() >= unknown,
    )


def person_id(ordinal: int) -> str:
    """Return the ``ordinal``-th invented identity number."""
    return f"000{ordinal % 1_000_000_000:09d}"


def misnamed(name: str, chance: random.Random) -> str:
    """Return ``name`` with another given name, as a clerk might have copied it."""
    rest, _, given = name.rpartition(" ")
    return f"{rest} {chance.choice([other for other in GIVEN_NAMES if other != given])}"


class _Names:
    """Names to be drawn by how common they are; the sums are made once."""

    def __init__(self, names: dict[str, float]) -> None:
        self._names = tuple(names)
        self._sums = tuple(accumulate(names.values()))

    def drawn(self, chance: random.Random) -> str:
        return self._names[bisect(self._sums, chance.random() * self._sums[-1])]


_FAMILY, _MIDDLE, _GIVEN = map(_Names, (FAMILY_NAMES, MIDDLE_NAMES, GIVEN_NAMES))
