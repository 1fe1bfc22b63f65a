"""Invented parcels of land, the same for the same seed, with the errors real registries have."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from demo.registry.communes import A_FEW, Commune
from demo.registry.enterprises import Register
from demo.registry.shelf import HANOI_TIME
from demo.registry.words import FAMILY_NAMES, GIVEN_NAMES, LAND_USES, STREETS


@dataclass(frozen=True, slots=True)
class ParcelRecipe:
    """What to invent: shares are of parcels, changes fall within ``days`` of ``first_day``."""

    parcels: int = 400
    seed: int = 1
    first_day: date = date(2026, 1, 5)
    days: int = 1
    communes: Sequence[Commune] = A_FEW
    changed_again: float = 0.05
    without_holder: float = 0.2
    old_number: float = 0.05
    without_new_key: float = 0.03
    area_not_a_number: float = 0.01
    without_id: float = 0.002
    same_moment: float = 0.1
    has_drift: bool = False


def invent_parcels(recipe: ParcelRecipe) -> Register:
    """Invent parcels by ``recipe``: every one once, some twice, a few wrongly."""
    chance = random.Random(recipe.seed + 101)  # noqa: S311 - invented data, not secrets
    planted: Counter[str] = Counter()
    changes: list[dict[str, Any]] = []
    for number in range(recipe.parcels):
        parcel = _parcel(number, recipe, chance)
        _spoil(parcel, recipe, chance, planted)
        if changes and chance.random() < recipe.same_moment:
            planted["same_moment"] += 1
            parcel["changedAt"] = changes[-1]["changedAt"]
        changes.append(parcel)
        if chance.random() < recipe.changed_again:
            planted["changed_again"] += 1
            changes.append(parcel | {"landUse": "ODT", "changedAt": _moment(recipe, chance)})
    changes.sort(key=lambda change: change["changedAt"])
    return Register(changes, planted)


def person_id(number: int) -> str:
    """Return the ``number``-th invented identity number; no province has the code 000."""
    return f"000{number % 1_000_000_000:09d}"


def _parcel(number: int, recipe: ParcelRecipe, chance: random.Random) -> dict[str, Any]:
    current = [commune for commune in recipe.communes if commune.is_current]
    closed = [commune for commune in recipe.communes if not commune.is_current] or current
    commune = chance.choice(current)
    issued = date(1995, 1, 1) + timedelta(days=chance.randrange(11_000))
    parcel = {
        "parcelId": f"P{number + 1:09d}",
        "communeCode": commune.code,
        "mapSheet": f"{chance.randint(1, 120):03d}",
        "parcelNumber": str(chance.randint(1, 900)),
        "oldCommuneCode": chance.choice(closed).code,
        "oldMapSheet": f"{chance.randint(1, 40):02d}",
        "oldParcelNumber": str(chance.randint(1, 400)),
        "address": f"{chance.choice(STREETS)}, {commune.name or commune.code}, Thành phố Hà Nội",
        "areaM2": round(chance.uniform(18, 900), 1),
        "landUse": chance.choice(LAND_USES),
        "certificateNumber": f"ZZ {chance.randint(100_000, 999_999)}",
        "issuedDate": issued.isoformat(),
        "holderPersonId": person_id(number),
        "holderName": f"{chance.choice(FAMILY_NAMES)} THỬ {chance.choice(GIVEN_NAMES)}",
        "changedAt": _moment(recipe, chance),
        "deleted": chance.random() < 0.005,
    }
    return parcel | ({"planningZone": "QH-01"} if recipe.has_drift else {})


def _moment(recipe: ParcelRecipe, chance: random.Random) -> str:
    day = recipe.first_day + timedelta(days=chance.randrange(recipe.days))
    midnight = datetime.combine(day, time(), HANOI_TIME)
    return (midnight + timedelta(seconds=chance.randrange(86_400))).isoformat()


def _spoil(
    parcel: dict[str, Any], recipe: ParcelRecipe, chance: random.Random, planted: Counter[str]
) -> None:
    """Make at most one mistake in ``parcel``, of the kinds real registries show."""
    mistakes: tuple[tuple[str, float, dict[str, Any]], ...] = (
        ("without_holder", recipe.without_holder, {"holderPersonId": None}),
        ("old_number", recipe.old_number, {"holderPersonId": parcel["holderPersonId"][3:]}),
        (
            "without_new_key",
            recipe.without_new_key,
            {"communeCode": None, "mapSheet": None, "parcelNumber": None},
        ),
        ("area_not_a_number", recipe.area_not_a_number, {"areaM2": "125,5"}),
        ("without_id", recipe.without_id, {"parcelId": None}),
    )
    drawn = chance.random()
    for kind, share, change in mistakes:
        if drawn < share:
            planted[kind] += 1
            parcel.update(change)
            return
        drawn -= share
