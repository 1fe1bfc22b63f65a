"""The items of a sample: units of the lot and known-bad pages, which look alike in the list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocr_assets.acceptance import drawing
from ocr_assets.acceptance.drawing import Unit, rank
from ocr_assets.acceptance.known_bad import draw_bad
from warehouse.store import Store

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """What one plan shows to inspectors, and apart from it what is known to be bad."""

    drawn: tuple[Unit, ...]
    items: tuple[dict[str, Any], ...]
    known_bad: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """Where samples are made: the file store, and the folder of type faces for bad pages."""

    store: Store
    fonts: Path

    def sample(self, units: Sequence[Unit], size: int, known_bad: int, seed: str) -> Sample:
        """Draw ``size`` units and mix in known-bad pages; all of it follows from ``seed``."""
        plan = plan_code(seed)
        drawn = drawing.draw(units, size, seed)
        items = [_shown(unit) | {"item_code": _code(seed, unit.name)} for unit in drawn]
        apart = []
        for number in range(known_bad):
            item, defect = self._bad_item(units, number, seed)
            items.append(item)
            apart.append({"item_code": item["item_code"], "plan_code": plan, "defect_code": defect})
        items.sort(key=lambda item: str(item["item_code"]))
        placed = [
            item | {"plan_code": plan, "position": place} for place, item in enumerate(items, 1)
        ]
        return Sample(tuple(drawn), tuple(placed), tuple(apart))

    def keep_lot(self, units: Sequence[Unit]) -> str:
        """Keep the list of the lot, names only, and return its digest."""
        lines = sorted(json.dumps(unit.listed(), sort_keys=True) for unit in units)
        return self.store.put("\n".join(lines).encode())

    def redrawn(self, plan: Row) -> set[str]:
        """Return the item codes that the plan's seed draws from its kept lot, once more."""
        with self.store.open(plan["lot_sha256"]) as kept:
            units = [_unit_listed(json.loads(line)) for line in kept]
        drawn = drawing.draw(units, plan["sample_size"], plan["seed"])
        return {_code(plan["seed"], unit.name) for unit in drawn}

    def _bad_item(
        self, units: Sequence[Unit], number: int, seed: str
    ) -> tuple[dict[str, Any], str]:
        """Return a bad file as an item that is said to lie where some unit of the lot lies."""
        name = f"known bad {number}"
        bad = draw_bad(rank(seed, name), self.fonts)
        donor = min(units, key=lambda unit: rank(seed, f"{name}\n{unit.name}"))
        item = _shown(donor) | {
            "item_code": _code(seed, name),
            "document_key": None,
            "page_number": None if donor.page is None else bad.page,
            "page_count": bad.page_count,
            "file_sha256": self.store.put(bad.content),
            "claims": dict(bad.claims),
        }
        return item, bad.defect


def plan_code(seed: str) -> str:
    """Return the name of the plan that ``seed`` makes; it does not give the seed away."""
    return f"P-{rank(seed, 'plan')[:10]}"


def _code(seed: str, name: str) -> str:
    return f"K-{rank(seed, name)[:10]}"


def _shown(unit: Unit) -> dict[str, Any]:
    return {
        "document_key": unit.document_key,
        "agency_code": unit.agency_code,
        "box_code": unit.box_code,
        "dossier_code": unit.dossier_code,
        "page_number": unit.page,
        "page_count": unit.page_count,
        "file_sha256": unit.file_sha256,
        "claims": dict(unit.claims),
        "stratum": unit.hard_class,
    }


def _unit_listed(listed: Mapping[str, Any]) -> Unit:
    agency, box, hard = listed["stratum"]
    key, _, page = listed["unit"].partition("#")
    return Unit(key, agency, box, None, int(page) if page else None, 0, "", hard)
