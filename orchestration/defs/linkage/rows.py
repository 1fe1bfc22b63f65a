"""What a proposal is in the raw table, and what is read to make proposals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from linkage.guards import JudgedPair, Standing
from linkage.proposing import Proposals


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """Rows to land as one batch, how much was compared, and how much of it is of which standing."""

    batch_id: str
    rows: list[dict[str, Any]]
    compared: int
    counts: dict[str, int]


def proposed(batch_id: str, entity: str, compared: int, found: Proposals) -> Proposed:
    """Return ``found`` as rows; what only names speak for is not among them."""
    shown = [one for one in found.judged if one.standing is not Standing.NAMES_ONLY]
    rows = [_row(one, entity, found) for one in shown]
    return Proposed(batch_id, rows, compared, Counter(one.standing.value for one in shown))


def are_built(connection: sa.Connection, relations: Iterable[str]) -> bool:
    """Return whether the last build left these relations; the first one finds none."""
    asked = sa.text("select to_regclass(:relation) is not null")
    return all(connection.scalar(asked, {"relation": one}) for one in relations)


def _row(one: JudgedPair, entity: str, found: Proposals) -> dict[str, Any]:
    return {
        "left_entity": "document",
        "left_key": one.pair.left,
        "right_entity": entity,
        "right_key": one.pair.right,
        "probability": round(one.pair.probability, 4),
        "standing": one.standing.value,
        "agreements": {column: level.value for column, level in one.pair.agreements.items()},
        "threshold": round(found.threshold, 4),
        "model_id": found.model_id,
    }
