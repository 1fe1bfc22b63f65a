"""What a person decides about a link of a document: looked up, and written down for good.

A decision is an entry in a ledger. It is never changed; who thinks better of it adds another one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from warehouse.built import reading
from warehouse.errors import DecisionRefused
from warehouse.tables.linkage import DECISIONS

_LISTED = """
select
    claim_key, document_key, page_number, entity, state, reason_code, asked_of_agency,
    stated_key, candidate_count, proposal_count, proposed_key, proposed_probability
from marts.fct_link_worklist
where (:agency = '' or agency_code = :agency) and (:entity = '' or entity = :entity)
order by asked_of_agency, document_key, page_number, claim_key
limit :most
"""
_NAMED = """
select document_key, entity from intermediate.int_links__decided where claim_key = :claim
"""
# Where a key is looked up before anything is linked with it.
_REGISTERED = {
    "business__enterprises": """
        select 1 from intermediate.int_enterprises__latest where tax_code = :key
    """,
    "civil_servants__officials": """
        select 1 from intermediate.int_officials__latest where official_id_civil_servants = :key
    """,
    "land__parcels": """
        select 1 from intermediate.int_parcels__latest where parcel_id_land = :key
    """,
}


class Decision(StrEnum):
    """What a person says about what a document names."""

    LINKED = "linked"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with who stands by it and why; ``target_key`` of a link only."""

    decision: Decision
    decided_by: str
    because: str
    target_key: str | None = None


def open_links(
    engine: sa.Engine, *, agency: str = "", entity: str = "", most: int = 50
) -> list[dict[str, Any]]:
    """Return the links that wait for a person, as the last build left them."""
    asked = {"agency": agency, "entity": entity, "most": most}
    with reading(engine, DecisionRefused, "looked for links") as connection:
        return [dict(row) for row in connection.execute(sa.text(_LISTED), asked).mappings()]


def rule(engine: sa.Engine, claim_key: str, ruling: Ruling) -> int:
    """Write down what a person decided about a link, and return the number of the entry.

    Raises:
        DecisionRefused: the last build knows no such claim, nobody stands by the decision, or what
            it should be linked with is missing, out of place or not in the registry.
    """
    if not ruling.decided_by.strip() or not ruling.because.strip():
        raise DecisionRefused(
            "a decision needs a person and a reason: say who decides (--by) and why (--because)."
        )
    if (ruling.decision is Decision.LINKED) != bool(ruling.target_key):
        raise DecisionRefused("say what it is linked with (--with) where you link, and only there.")
    with reading(engine, DecisionRefused, "looked for links") as connection:
        claim = connection.execute(sa.text(_NAMED), {"claim": claim_key}).one_or_none()
        if claim is None:
            raise DecisionRefused(
                f"there is no claim {claim_key} in the warehouse; `./kho link list` names them."
            )
        _refuse_unregistered(connection, claim.entity, ruling)
        entry = sa.insert(DECISIONS).values(
            document_key=claim.document_key,
            entity=claim.entity,
            claim_key=claim_key,
            decision=ruling.decision,
            target_key=ruling.target_key,
            decided_by=ruling.decided_by.strip(),
            because=ruling.because.strip(),
        )
        return int(connection.scalar(entry.returning(DECISIONS.c.entry_id)) or 0)


def _refuse_unregistered(connection: sa.Connection, entity: str, ruling: Ruling) -> None:
    """Refuse a key that the registry has never had: a slip of the keyboard is no link."""
    if ruling.target_key is None:
        return
    if not connection.scalar(sa.text(_REGISTERED[entity]), {"key": ruling.target_key}):
        raise DecisionRefused(
            f"{entity} has nothing of that key; take it from the registry, digit by digit."
        )
