"""Invented parcels of land, the same for the same seed, with the errors real registries have."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.registry.chances import Register, Span, in_force, moment, spoil
from demo.registry.communes import Commune
from demo.registry.people import misnamed, person
from demo.registry.words import LAND_USES, STREETS

#: What a paper of the sample city says of a parcel (``demo/bodies.py``).
CITED = {
    "communeCode": "00562",
    "mapSheet": "7",
    "parcelNumber": "12",
    "areaM2": 125.5,
    "deleted": False,
}


@dataclass(frozen=True, slots=True)
class ParcelRecipe(Span):
    """What to invent: shares are of parcels, changes fall within ``days`` of ``first_day``."""

    parcels: int = 400
    changed_again: float = 0.05
    without_holder: float = 0.2
    old_number: float = 0.05
    without_new_key: float = 0.03
    area_not_a_number: float = 0.01
    without_id: float = 0.002
    same_moment: float = 0.1
    misnamed: float = 0.165


def invent_parcels(recipe: ParcelRecipe) -> Register:
    """Invent parcels by ``recipe``: every one once, some twice, a few wrongly."""
    chance = random.Random(recipe.seed + 101)  # noqa: S311 - invented data, not secrets
    planted: Counter[str] = Counter()
    communes = in_force(recipe)
    changes: list[dict[str, Any]] = []
    for number in range(recipe.parcels):
        parcel = _parcel(number, recipe, communes, chance)
        if number == 0 and recipe.city is not None:
            parcel |= CITED
        else:
            spoil(parcel, _mistakes(parcel, recipe), chance, planted)
        if chance.random() < recipe.misnamed:
            planted["misnamed"] += 1
            parcel["holderName"] = misnamed(parcel["holderName"], chance)
        if changes and chance.random() < recipe.same_moment:
            planted["same_moment"] += 1
            parcel["changedAt"] = changes[-1]["changedAt"]
        changes.append(parcel)
        if chance.random() < recipe.changed_again:
            planted["changed_again"] += 1
            changes.append(parcel | {"landUse": "ODT", "changedAt": moment(recipe, chance)})
    changes.sort(key=lambda change: change["changedAt"])
    return Register(changes, planted)


def _parcel(
    number: int,
    recipe: ParcelRecipe,
    communes: tuple[list[Commune], list[Commune]],
    chance: random.Random,
) -> dict[str, Any]:
    current, closed = communes
    commune = chance.choice(current)
    issued = date(1995, 1, 1) + timedelta(days=chance.randrange(11_000))
    holder = person(recipe.seed, number)
    return {
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
        "holderPersonId": holder.number,
        "holderName": holder.name,
        "changedAt": moment(recipe, chance),
        "deleted": chance.random() < 0.005,
    }


def _mistakes(
    parcel: dict[str, Any], recipe: ParcelRecipe
) -> tuple[tuple[str, float, dict[str, Any]], ...]:
    """Return the mistakes real registries show, with the share of each."""
    no_key = {"communeCode": None, "mapSheet": None, "parcelNumber": None}
    return (
        ("without_holder", recipe.without_holder, {"holderPersonId": None}),
        ("old_number", recipe.old_number, {"holderPersonId": parcel["holderPersonId"][3:]}),
        ("without_new_key", recipe.without_new_key, no_key),
        ("area_not_a_number", recipe.area_not_a_number, {"areaM2": "125,5"}),
        ("without_id", recipe.without_id, {"parcelId": None}),
    )
