"""Lists of documents for disposal: proposed here, decided by a council, and frozen in between.

The system proposes and never deletes. A list does not change: who wants another one withdraws it
and proposes anew. What is written down is found changed by the digest of its items.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from warehouse.errors import DisposalAltered, DisposalRefused, ListUnknown, NothingToDispose
from warehouse.holds import Word, today
from warehouse.retention import one_at_a_time, reading
from warehouse.tables.disposal import DECISIONS, ITEMS, LISTS, STEPS

_FROZEN = (
    "document_key", "dossier_code", "dossier_key", "term_source", "term_type", "retention_years",
    "trigger_date", "term_end_date", "grounds",
)  # fmt: skip
# Due by the last build, held by nobody since, and on no list that is still open.
_DUE = f"""
select {", ".join(f"told.{name}" for name in _FROZEN)}
from marts.fct_retention as told
where told.is_due and told.agency_code = :agency
    and (:dossier = '' or :dossier in (told.dossier_code, told.dossier_key))
    and not exists (
        select from ledger.retention_holds as holds
        where holds.action = 'held'
            and holds.subject_key in (
                told.document_key, told.dossier_key, told.agency_code || ':' || told.dossier_code
            )
            and not exists (
                select from ledger.retention_holds as releases
                where releases.of_entry_id = holds.entry_id
            )
    )
    and not exists (
        select from ledger.disposal_items as items
        left join ledger.disposal_decisions as decisions
            on items.list_code = decisions.list_code
            and items.document_key = decisions.document_key
        where items.document_key = told.document_key
            and coalesce(decisions.decision, 'approved') = 'approved'
            and not exists (
                select from ledger.disposal_steps as steps
                where steps.list_code = items.list_code and steps.step = 'withdrawn'
            )
    )
order by told.document_key
"""  # noqa: S608 - names of our own columns


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a council decided: number and date of the paper, which council, who signed and why."""

    number: str
    on: date
    council: str
    word: Word


@dataclass(frozen=True, slots=True)
class Standing:
    """A list as it stands: its documents, what was decided of each, the steps it has taken."""

    code: str
    documents: tuple[str, ...]
    approved: tuple[str, ...]
    is_decided: bool
    decided_on: date | None
    steps: Mapping[str, Mapping[str, Any]]


def propose(engine: sa.Engine, agency: str, word: Word, *, dossier: str = "") -> tuple[str, int]:
    """Freeze what is due of an agency as a list; return its name and how many documents it has.

    Raises:
        NothingToDispose: nothing of the agency is due that is on no open list.
    """
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        asked = {"agency": agency, "dossier": dossier}
        items = [dict(row) for row in connection.execute(sa.text(_DUE), asked).mappings()]
        if not items:
            raise NothingToDispose(
                f"nothing of {agency} is due and on no list: `./kho retention list due` after the"
                " next build says what is."
            )
        code = _next_code(connection, agency)
        row = {"list_code": code, "agency_code": agency, "document_count": len(items), **said}
        connection.execute(sa.insert(LISTS).values(**row, content_sha256=_digest(items)))
        connection.execute(sa.insert(ITEMS), [{"list_code": code, **item} for item in items])
    return code, len(items)


def decide(engine: sa.Engine, code: str, ruling: Ruling, kept: Collection[str] = ()) -> Standing:
    """Write down what the council decided: all of the list but ``kept`` is approved.

    Raises:
        DisposalRefused: it was decided or withdrawn before, or ``kept`` names what is not on it.
    """
    said = ruling.word.as_row()
    if not ruling.number.strip() or not ruling.council.strip() or ruling.on > today():
        raise DisposalRefused("a decision has a number, a council and a day that has come.")
    with reading(engine) as connection:
        one_at_a_time(connection)
        standing = proved(connection, code)
        if standing.is_decided or "withdrawn" in standing.steps:
            raise DisposalRefused(f"{code} was decided or withdrawn before: propose another list.")
        if strangers := set(kept) - set(standing.documents):
            raise DisposalRefused(f"{code} has no document {min(strangers)}: nothing was written.")
        paper = {
            "list_code": code,
            "decision_number": ruling.number.strip(),
            "decision_date": ruling.on,
            "council": ruling.council.strip(),
            **said,
        }
        rows = [
            {**paper, "document_key": key, "decision": "kept" if key in kept else "approved"}
            for key in standing.documents
        ]
        connection.execute(sa.insert(DECISIONS), rows)
        return proved(connection, code)


def proved(connection: sa.Connection, code: str) -> Standing:
    """Return a list as it stands, after holding its items against the digest they were given.

    Raises:
        ListUnknown: there is no list of this name.
        DisposalAltered: its items are not those that were frozen.
    """
    frozen = _rows(connection, LISTS, code)
    if not frozen:
        raise ListUnknown(f"there is no list {code}: marts.fct_disposal_item has those there are.")
    items = _rows(connection, ITEMS, code)
    if len(items) != frozen[0]["document_count"] or _digest(items) != frozen[0]["content_sha256"]:
        raise DisposalAltered(
            f"the items of {code} are not those it was made of: somebody changed the ledger."
            " Dispose of nothing; compare with a backup."
        )
    decisions = _rows(connection, DECISIONS, code)
    return Standing(
        code,
        tuple(sorted(item["document_key"] for item in items)),
        tuple(sorted(one["document_key"] for one in decisions if one["decision"] == "approved")),
        bool(decisions),
        decisions[0]["decision_date"] if decisions else None,
        {row["step"]: row for row in _rows(connection, STEPS, code)},
    )


def _rows(connection: sa.Connection, ledger: sa.Table, code: str) -> list[dict[str, Any]]:
    wanted = sa.select(ledger).where(ledger.c.list_code == code).order_by(ledger.c.entry_id)
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _next_code(connection: sa.Connection, agency: str) -> str:
    prefix = f"{agency}-{today().year}-"
    known = sa.select(sa.func.count()).where(LISTS.c.list_code.startswith(prefix, autoescape=True))
    return f"{prefix}{int(connection.scalar(known) or 0) + 1:03}"


def _digest(items: Iterable[Mapping[str, Any]]) -> str:
    told = sorted([str(item[name]) for name in _FROZEN] for item in items)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
