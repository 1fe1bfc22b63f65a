"""What a person makes of a suggestion: looked up, and written down for good.

A decision is an entry in a ledger. It is never changed; who thinks better of it adds another one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from warehouse.built import reading
from warehouse.errors import DecisionRefused
from warehouse.tables.suggestions import DECISIONS

TYPES = ("retention", "keyword", "summary", "personal_data")
_LISTED = """
select
    suggestion_key, document_key, suggestion_type, suggested_value, suggested_label,
    maintenance_code, retention_years, status, score, rule_code, occurrence_count, places
from marts.fct_document_suggestion
where
    (:everything or is_open)
    and (:agency = '' or agency_code = :agency)
    and (:document = '' or document_key = :document)
    and (:kind = '' or suggestion_type = :kind)
order by document_key, suggestion_type, suggestion_rank, suggestion_key
limit :most
"""
_NAMED = """
select document_key, suggestion_type, suggested_value, maintenance_code, retention_years
from marts.fct_document_suggestion
where suggestion_key = :key
"""
_KNOWN = """
select
    exists (select from staging.list_retention_groups where code = :group) as is_group,
    exists (select from staging.list_maintenance where code = :maintenance) as is_term
"""


class Decision(StrEnum):
    """What a person says about a suggestion."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Instead:
    """What holds in place of a suggestion; code and years are a retention group's term."""

    value: str
    maintenance_code: str | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with who stands by it and why; ``instead`` of a replaced suggestion only."""

    decision: Decision
    decided_by: str
    because: str
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which suggestions to list; an empty text asks for all."""

    agency: str = ""
    document: str = ""
    kind: str = ""
    everything: bool = False
    most: int = 50


def suggestions(engine: sa.Engine, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the suggestions that wait for a person (or all), as the last build left them."""
    asked = {name: getattr(wanted, name) for name in Wanted.__slots__}
    with reading(engine, DecisionRefused, "made suggestions") as connection:
        return [dict(row) for row in connection.execute(sa.text(_LISTED), asked).mappings()]


def rule(engine: sa.Engine, suggestion_key: str, ruling: Ruling) -> int:
    """Write down what a person decided about a suggestion, and return the number of the entry.

    Raises:
        DecisionRefused: no such suggestion, nobody stands by it, or what should hold instead is
            missing, out of place, or no group and term of the lists.
    """
    if not ruling.decided_by.strip() or not ruling.because.strip():
        raise DecisionRefused(
            "a decision needs a person and a reason: say who decides (--by) and why (--because)."
        )
    if (ruling.decision is Decision.REPLACED) != (ruling.instead is not None):
        raise DecisionRefused(
            "say what holds instead (--instead) where you replace, and only there."
        )
    with reading(engine, DecisionRefused, "made suggestions") as connection:
        found = connection.execute(sa.text(_NAMED), {"key": suggestion_key}).one_or_none()
        if found is None:
            raise DecisionRefused(
                f"there is no suggestion {suggestion_key} in the warehouse;"
                " `./kho suggestions list` names them."
            )
        if ruling.instead is not None:
            _refuse_unknown(connection, found.suggestion_type, ruling.instead)
        entry = sa.insert(DECISIONS).values(
            document_key=found.document_key,
            suggestion_type=found.suggestion_type,
            suggested_value=found.suggested_value,
            suggested_maintenance_code=found.maintenance_code,
            suggested_retention_years=found.retention_years,
            decision=ruling.decision,
            **_holding(found, ruling),
            decided_by=ruling.decided_by.strip(),
            because=ruling.because.strip(),
        )
        return int(connection.scalar(entry.returning(DECISIONS.c.entry_id)) or 0)


def _holding(found: Any, ruling: Ruling) -> dict[str, Any]:
    """Return what holds from now on; nothing where the suggestion was rejected."""
    if ruling.decision is Decision.REJECTED:
        return {}
    holds = ruling.instead or Instead(
        found.suggested_value, found.maintenance_code, found.retention_years
    )
    return {
        "decided_value": holds.value.strip(),
        "decided_maintenance_code": holds.maintenance_code,
        "decided_retention_years": holds.years,
    }


def _refuse_unknown(connection: sa.Connection, kind: str, instead: Instead) -> None:
    """Refuse what could not hold: another kind of data, or a group or term of no list."""
    if kind == "personal_data":
        raise DecisionRefused("personal data is there or not: accept or reject it.")
    if kind != "retention":
        if not instead.value.strip() or instead.maintenance_code or instead.years is not None:
            raise DecisionRefused("only a retention group has a term, and no value is empty.")
        return
    asked = {"group": instead.value.strip(), "maintenance": instead.maintenance_code}
    known = connection.execute(sa.text(_KNOWN), asked).one()
    if not known.is_group or not (known.is_term or instead.maintenance_code is None):
        raise DecisionRefused(
            "no such group or term: list_retention_groups and list_maintenance hold the codes."
        )
