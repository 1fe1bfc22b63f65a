"""What a person decides about two documents that may be one: looked up, and written down for good.

A decision is an entry in a ledger. It is never changed; who thinks better of it adds another one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from warehouse.built import reading
from warehouse.errors import DecisionRefused
from warehouse.tables.duplicates import DECISIONS

_LISTED = """
select
    pair_key, verdict, decision, first_document_key, second_document_key, first_box_code,
    second_box_code, pages_alike, pages_compared, text_similarity, issuer_agreement,
    number_agreement, symbol_agreement, date_agreement
from marts.fct_duplicate_pair
where
    (:everything or is_open)
    and (:agency = '' or :agency in (first_agency_code, second_agency_code))
order by verdict, pair_key
limit :most
"""
_NAMED = """
select first_document_key, second_document_key from marts.fct_duplicate_pair
where pair_key = :pair
"""


class Decision(StrEnum):
    """What a person says about two documents."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A decision with who stands by it, and why."""

    decision: Decision
    decided_by: str
    because: str


def duplicate_pairs(
    engine: sa.Engine, *, agency: str = "", everything: bool = False, most: int = 50
) -> list[dict[str, Any]]:
    """Return the pairs waiting for a person (or all), as the last build left them."""
    asked = {"agency": agency, "everything": everything, "most": most}
    with reading(engine, DecisionRefused, "looked for duplicates") as connection:
        return [dict(row) for row in connection.execute(sa.text(_LISTED), asked).mappings()]


def decide(engine: sa.Engine, pair_key: str, opinion: Opinion) -> int:
    """Write down what a person decided about a pair, and return the number of the entry.

    Raises:
        DecisionRefused: the last build knows no such pair, or nobody stands by the decision.
    """
    if not opinion.decided_by.strip() or not opinion.because.strip():
        raise DecisionRefused(
            "a decision needs a person and a reason: say who decides (--by) and why (--because)."
        )
    with reading(engine, DecisionRefused, "looked for duplicates") as connection:
        pair = connection.execute(sa.text(_NAMED), {"pair": pair_key}).one_or_none()
        if pair is None:
            raise DecisionRefused(
                f"there is no pair {pair_key} in the warehouse; `./kho duplicates list` names them."
            )
        entry = sa.insert(DECISIONS).values(
            first_document_key=pair.first_document_key,
            second_document_key=pair.second_document_key,
            decision=opinion.decision,
            decided_by=opinion.decided_by.strip(),
            because=opinion.because.strip(),
        )
        return int(connection.scalar(entry.returning(DECISIONS.c.entry_id)) or 0)
