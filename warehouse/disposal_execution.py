"""Carrying a decided list out, or withdrawing it.

Nothing here deletes anything. Carrying a list out makes tombstones of its documents and says which
files a person has to destroy.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from warehouse.disposal import Standing, proved
from warehouse.disposal_files import File, going
from warehouse.errors import DisposalHeld, DisposalOvertaken, DisposalRefused
from warehouse.holds import Word, today
from warehouse.retention import one_at_a_time, reading
from warehouse.tables.disposal import FILES, STEPS

_ITEM = """
from ledger.disposal_items as items
inner join ledger.disposal_decisions as decisions
    on items.list_code = decisions.list_code and items.document_key = decisions.document_key
inner join ledger.disposal_lists as lists on items.list_code = lists.list_code
left join marts.fct_retention as told on items.document_key = told.document_key
where items.list_code = :code and decisions.decision = 'approved'
"""
_SUBJECTS = """
(items.document_key, items.dossier_key, lists.agency_code || ':' || items.dossier_code)
"""
_HELD = f"""
select distinct items.document_key {_ITEM} and exists (
    select from ledger.retention_holds as holds
    where holds.action = 'held' and holds.subject_key in {_SUBJECTS}
        and not exists (
            select from ledger.retention_holds as releases
            where releases.of_entry_id = holds.entry_id
        )
)
order by 1
"""  # noqa: S608 - our own text
# Another term, another trigger, a question of duplicates, a document that is no longer there.
_OVERTAKEN = f"""
select distinct items.document_key {_ITEM} and (
    told.document_key is null
    or told.retention_state <> 'ended'
    or not told.is_term_confirmed
    or coalesce(told.kept_because_code, '') not in ('', 'disposal_under_way')
    or exists (
        select from ledger.suggestion_decisions as words
        where words.document_key = items.document_key and words.suggestion_type = 'retention'
            and words.recorded_at > lists.recorded_at
    )
    or exists (
        select from ledger.retention_triggers as words
        where words.subject_key in {_SUBJECTS} and words.recorded_at > lists.recorded_at
    )
)
order by 1
"""  # noqa: S608 - our own text


@dataclass(frozen=True, slots=True)
class Executed:
    """What carrying a list out comes to."""

    documents: int
    files: tuple[File, ...]


def execute(engine: sa.Engine, code: str, word: Word, on: date) -> Executed:
    """Carry out what was approved of a list; return the files that a person has to destroy.

    Raises:
        DisposalHeld: a hold keeps something of it.
        DisposalOvertaken: since the list was made somebody said something else of a document.
        DisposalRefused: it is not decided, nothing of it was approved, or it is over already.
    """
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        standing = proved(connection, code)
        _refuse_unready(standing, on)
        _refuse_kept(connection, code)
        files = going(connection, code)
        if files:
            rows = [
                {"list_code": code, "file_sha256": one.sha256, "file_role": one.role}
                for one in files
            ]
            connection.execute(sa.insert(FILES), rows)
        step(connection, standing, "executed", on, {**said, **counts(files)})
    return Executed(len(standing.approved), files)


def withdraw(engine: sa.Engine, code: str, word: Word) -> None:
    """End a list that was not carried out; what is due may be proposed anew."""
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        standing = proved(connection, code)
        if standing.steps:
            raise DisposalRefused(f"{code} was carried out or withdrawn before.")
        step(connection, standing, "withdrawn", today(), {**said, **counts(())})


def _refuse_unready(standing: Standing, on: date) -> None:
    if standing.steps or not standing.is_decided:
        raise DisposalRefused(f"{standing.code} is not decided, or was carried out or withdrawn.")
    if not standing.approved:
        raise DisposalRefused(f"the council kept everything on {standing.code}.")
    if on > today() or (standing.decided_on is not None and on < standing.decided_on):
        raise DisposalRefused("it is carried out on a day that has come, after the decision.")


def _refuse_kept(connection: sa.Connection, code: str) -> None:
    held = connection.scalars(sa.text(_HELD), {"code": code}).all()
    if held:
        raise DisposalHeld(
            f"{len(held)} documents of {code} are held, the first is {held[0]}: nothing is carried"
            " out while a hold stands. Withdraw the list and propose the others anew."
        )
    other = connection.scalars(sa.text(_OVERTAKEN), {"code": code}).all()
    if other:
        raise DisposalOvertaken(
            f"of {len(other)} documents of {code} something else is known by now, the first is"
            f" {other[0]}: run build_warehouse; if it stays so, withdraw the list and propose anew."
        )


def step(
    connection: sa.Connection, standing: Standing, name: str, on: date, facts: dict[str, Any]
) -> None:
    """Write down that a list has taken a step; the ledger takes each step of a list once."""
    row = {"list_code": standing.code, "step": name, "step_date": on, **facts}
    connection.execute(sa.insert(STEPS).values(**row, document_count=len(standing.approved)))


def counts(files: Sequence[File]) -> dict[str, Any]:
    """Return how many files go, and the digest of their list."""
    told = "\n".join(f"{one.sha256} {one.role}" for one in sorted(files))
    return {
        "file_count": len(files),
        "content_sha256": hashlib.sha256(told.encode()).hexdigest(),
    }
