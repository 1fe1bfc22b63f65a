"""Enterprises that documents name without a key, or with one that led nowhere, as proposals."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from linkage.enterprises import proposals
from linkage.guards import JudgedPair, Standing

BATCH = "enterprises"
# Only what the last build read and let through: a state secret has no text there.
_CITED = """
select cited.claim_key, cited.stated_name, links.commune_code
from intermediate.int_enterprises__cited as cited
inner join intermediate.int_links__decided as links on links.claim_key = cited.claim_key
where links.is_open and cited.stated_name is not null
order by cited.claim_key
"""
_REGISTERED = """
select tax_code, enterprise_name, commune_code
from intermediate.int_enterprises__latest
where not is_deleted and enterprise_name is not null
order by tax_code
"""
_IS_BUILT = """
select
    to_regclass('intermediate.int_links__decided') is not null
    and to_regclass('intermediate.int_enterprises__cited') is not null
"""


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """Rows to land, as one batch, and how many there are of which standing."""

    rows: list[dict[str, Any]]
    compared: int
    counts: dict[str, int] = field(default_factory=dict)
    batch_id: str = BATCH


def proposed(connection: sa.Connection) -> Proposed | None:
    """Return what may be one enterprise, all of it anew; None where no build has been yet."""
    if not connection.scalar(sa.text(_IS_BUILT)):
        return None
    papers = _rows(connection, _CITED)
    register = _rows(connection, _REGISTERED)
    found = proposals(papers, register)
    shown = [one for one in found.judged if one.standing is not Standing.NAMES_ONLY]
    rows = [_row(one, found.threshold, found.model_id) for one in shown]
    return Proposed(rows, len(papers), Counter(one.standing.value for one in shown))


def _rows(connection: sa.Connection, asked: str) -> list[tuple[str, str, str | None]]:
    found: Any = connection.execute(sa.text(asked))
    return [(key, name, commune) for key, name, commune in found]


def _row(one: JudgedPair, threshold: float, model_id: str) -> dict[str, Any]:
    return {
        "left_entity": "document",
        "left_key": one.pair.left,
        "right_entity": "business__enterprises",
        "right_key": one.pair.right,
        "probability": round(one.pair.probability, 4),
        "standing": one.standing.value,
        "agreements": {column: level.value for column, level in one.pair.agreements.items()},
        "threshold": round(threshold, 4),
        "model_id": model_id,
    }
