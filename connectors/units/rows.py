"""The crosswalk as rows for ``raw.units__communes`` and ``raw.units__transfers``."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from connectors.record import Record
from connectors.units.contract import Transfer, Unit
from connectors.units.crosswalk import Crosswalk


def commune_rows(crosswalk: Crosswalk) -> Iterator[Record]:
    """Yield a row per unit and time."""
    for unit in (*crosswalk.old.values(), *crosswalk.new.values()):
        yield Record(unit.code, _commune(unit))


def transfer_rows(crosswalk: Crosswalk) -> Iterator[Record]:
    """Yield a row per old and new unit."""
    for one in crosswalk.transfers:
        yield Record(f"{one.old_code}-{one.new_code}", _transfer(one))


def edition(crosswalk: Crosswalk) -> str:
    """Return the batch of the rows: the package's version and a digest of all they say."""
    rows = [dict(row) for row in (*commune_rows(crosswalk), *transfer_rows(crosswalk))]
    digest = hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()
    return f"{crosswalk.version}-{digest[:16]}"


def _commune(unit: Unit) -> dict[str, Any]:
    return {
        "commune_code": unit.code,
        "commune_name": unit.name,
        "district_code": unit.district_code,
        "district_name": unit.district_name,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }


def _transfer(one: Transfer) -> dict[str, Any]:
    return {
        "old_commune_code": one.old_code,
        "new_commune_code": one.new_code,
        "land_share": one.land.value,
        "people_share": one.people.value,
        "correction": "; ".join(one.corrections) or None,
    }
