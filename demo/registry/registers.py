"""The registers that are served: a new one is a module that invents it and an entry here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from demo.registry.chances import Register
from demo.registry.enterprises import Recipe, invent
from demo.registry.officials import OfficialRecipe, invent_officials
from demo.registry.parcels import ParcelRecipe, invent_parcels
from demo.registry.served import Served, Shape, by_cursor, by_keyset
from demo.registry.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Kind:
    """A register: how its size is asked for (``--<plural>``), where and how it is served.

    ``new_field`` is what nobody agreed on, sent once the register drifts.
    """

    plural: str
    size: int
    path: str
    key: str
    shape: Shape
    invent: Callable[..., Register]
    new_field: Mapping[str, Any]


KINDS = (
    Kind(
        "enterprises",
        1200,
        "/business/v1/enterprises",
        "taxCode",
        by_cursor,
        lambda **how: invent(Recipe(**how)),
        {"electronicAddress": "office@example.vn"},
    ),
    Kind(
        "parcels",
        400,
        "/land/v1/parcels",
        "parcelId",
        by_keyset,
        lambda **how: invent_parcels(ParcelRecipe(**how)),
        {"planningZone": "QH-01"},
    ),
    Kind(
        "officials",
        300,
        "/civil-servants/v1/officials",
        "officialId",
        by_keyset,
        lambda **how: invent_officials(OfficialRecipe(**how)),
        {"trainingPlan": "KH-01"},
    ),
)


def registers(
    sizes: Mapping[str, int], span: Mapping[str, Any], *, late: float, is_drifting: bool
) -> tuple[Served, ...]:
    """Return every register, invented within ``span``, a share of its changes held back."""
    served = []
    for kind in KINDS:
        found = kind.invent(**{kind.plural: sizes[kind.plural]}, **span)
        shelf = Shelf(
            found.changes, kind.key, late=late, seed=span["seed"], new_field=kind.new_field
        )
        shelf.drift(is_on=is_drifting)
        served.append(Served(kind.path, shelf, kind.shape, found.planted))
    return tuple(served)
