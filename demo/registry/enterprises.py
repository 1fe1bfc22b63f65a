"""Invented enterprises, the same for the same seed, with the errors real registries have.

What was planted is counted, so that a test can compare what was found with what was there.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from faker import Faker

from demo.registry.chances import Mistake, Register, Span, moment, spoil
from demo.registry.shelf import HANOI_TIME
from demo.registry.words import FORMS, NAMES, STATES, STREETS, TRADES

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class Recipe(Span):
    """What to invent: shares are of enterprises, changes fall within ``days`` of ``first_day``."""

    enterprises: int = 1200
    changed_again: float = 0.10
    missing: float = 0.02
    wrong_check_digit: float = 0.01
    doubled: float = 0.01
    old_commune: float = 0.03
    date_not_iso: float = 0.005
    without_code: float = 0.002
    branch: float = 0.03


def invent(recipe: Recipe) -> Register:
    """Invent a register by ``recipe``: every enterprise once, some twice, a few wrongly."""
    chance = random.Random(recipe.seed)  # noqa: S311 - invented data, not secrets
    people = Faker("vi_VN")
    people.seed_instance(recipe.seed)
    planted: Counter[str] = Counter()
    changes: list[dict[str, Any]] = []
    for number in range(recipe.enterprises):
        enterprise = _enterprise(number, recipe, chance, people)
        if number == 0 and recipe.city is not None:  # a paper of the city cites it
            enterprise |= {"taxCode": tax_code(0), "deleted": False}
        else:
            spoil(enterprise, _mistakes(enterprise, recipe, chance), chance, planted)
        changes.append(enterprise)
        if chance.random() < recipe.doubled:
            planted["doubled"] += 1
            changes.append(dict(enterprise))
        if chance.random() < recipe.changed_again:
            planted["changed_again"] += 1
            changes.append(_later(enterprise, recipe, chance))
    changes.sort(key=lambda change: change["changedAt"])
    return Register(changes, planted)


def _enterprise(
    number: int, recipe: Recipe, chance: random.Random, people: Faker
) -> dict[str, Any]:
    commune = chance.choice([commune for commune in recipe.communes if commune.is_current])
    form = chance.choice(tuple(FORMS))
    founded = date(1990, 1, 1) + timedelta(days=chance.randrange(13_000))
    name = f"{FORMS[form]} {chance.choice(TRADES)} {chance.choice(NAMES)} {number + 1}"
    street = f"Số {chance.randint(1, 400)} {chance.choice(STREETS)}"
    code = tax_code(number)
    if chance.random() < recipe.branch:
        code, form, name = f"{code}-{chance.randint(1, 99):03d}", "branch", f"Chi nhánh {name}"
    return {
        "taxCode": code,
        "name": name,
        "type": form,
        "status": chance.choice(STATES),
        "address": f"{street}, {commune.name or commune.code}, Thành phố Hà Nội",
        "communeCode": commune.code,
        "representativeName": _person(people),
        "foundedDate": founded.isoformat(),
        "changedAt": moment(recipe, chance),
        "deleted": chance.random() < 0.005,
    }


def tax_code(number: int) -> str:
    """Return the ``number``-th code with a right check digit; no province has the prefix 00."""
    for serial in range(10 * number + 10, 10 * number + 20):
        digits = f"00{serial:07d}"
        check = 10 - sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise ValueError(f"the prefix has no room for enterprise {number}")


def _person(people: Faker) -> str:
    """Put a name in Vietnamese order; faker's own pattern puts the family name last."""
    return f"{people.last_name()} {people.middle_name()} {people.first_name()}"


def _later(enterprise: dict[str, Any], recipe: Recipe, chance: random.Random) -> dict[str, Any]:
    """Return a second state of the enterprise: moved on in time and in status."""
    begun = datetime.fromisoformat(enterprise["changedAt"])
    end = datetime.combine(recipe.first_day + timedelta(days=recipe.days), time(), HANOI_TIME)
    left = int((end - begun).total_seconds())
    moved = begun + timedelta(seconds=chance.randint(1, max(1, left - 1)))
    return enterprise | {"status": "suspended", "changedAt": moved.isoformat()}


def _mistakes(
    enterprise: dict[str, Any], recipe: Recipe, chance: random.Random
) -> tuple[Mistake, ...]:
    """Return the mistakes real registries show, with the share of each."""
    old = [commune.code for commune in recipe.communes if not commune.is_current]
    code = enterprise["taxCode"]
    return (
        ("missing", recipe.missing, {chance.choice(("address", "representativeName")): None}),
        (
            "wrong_check_digit",
            recipe.wrong_check_digit,
            {"taxCode": f"{code[:9]}{(int(code[9]) + 1) % 10}{code[10:]}"},
        ),
        (
            "old_commune",
            recipe.old_commune if old else 0,
            {"communeCode": chance.choice(old or [""])},
        ),
        ("date_not_iso", recipe.date_not_iso, {"foundedDate": "31/02/2019"}),
        ("without_code", recipe.without_code, {"taxCode": None}),
    )
