"""What all invented registers do alike: when something changed, and which mistake was made."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from demo.registry.communes import A_FEW, Commune
from demo.registry.shelf import HANOI_TIME

Mistake = tuple[str, float, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Register:
    """The changes in the order they became known, and how many errors of each kind they hold."""

    changes: list[dict[str, Any]]
    planted: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What every recipe says: the seed, the days changes fall in, and the communes there are.

    ``city`` is the seed of the sample city whose papers the registers know of, if of any.
    """

    seed: int = 1
    first_day: date = date(2026, 1, 5)
    days: int = 1
    communes: Sequence[Commune] = A_FEW
    city: int | None = None


def in_force(span: Span) -> tuple[list[Commune], list[Commune]]:
    """Return the communes there are, and those there were (all, where none was closed)."""
    current = [commune for commune in span.communes if commune.is_current]
    return current, [commune for commune in span.communes if not commune.is_current] or current


def moment(span: Span, chance: random.Random) -> str:
    """Return some moment of the days of ``span``."""
    day = span.first_day + timedelta(days=chance.randrange(span.days))
    midnight = datetime.combine(day, time(), HANOI_TIME)
    return (midnight + timedelta(seconds=chance.randrange(86_400))).isoformat()


def spoil(
    record: dict[str, Any],
    mistakes: Iterable[Mistake],
    chance: random.Random,
    planted: Counter[str],
) -> None:
    """Make at most one of ``mistakes`` in ``record``, each with its own share, and count it."""
    drawn = chance.random()
    for kind, share, change in mistakes:
        if drawn < share:
            planted[kind] += 1
            record.update(change)
            return
        drawn -= share
