"""What people hold back from disposal, and what they say terms run from or end with.

A word is an entry in a ledger. It is never changed; who thinks better of it adds another one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from warehouse.errors import DecisionRefused, HoldUnknown
from warehouse.retention import one_at_a_time, reading, unknown
from warehouse.tables.retention import HOLDS, TRIGGERS

_SUBJECT = """
select case
    when exists (select from marts.fct_retention where document_key = :key) then 'document'
    when exists (
        select from marts.fct_retention
        where dossier_key = :key or agency_code || ':' || dossier_code = :key
    ) or exists (select from marts.fct_listed_dossier where dossier_key = :key) then 'dossier'
end
"""


class Trigger(StrEnum):
    """What a term runs from or ends with."""

    WORK_YEAR_ENDED = "work_year_ended"
    NO_LONGER_IN_FORCE = "no_longer_in_force"
    STRUCTURE_ENDED = "structure_ended"


@dataclass(frozen=True, slots=True)
class Word:
    """Who says something, and why."""

    decided_by: str
    because: str

    def as_row(self) -> dict[str, str]:
        """Return it as columns of a ledger; a word nobody stands by is refused."""
        by, why = self.decided_by.strip(), self.because.strip()
        if not by or not why:
            raise DecisionRefused(
                "a decision needs a person and a reason: say who (--by) and why (--because)."
            )
        return {"decided_by": by, "because": why}


def today() -> date:
    """Return the day it is in the city."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def hold(engine: sa.Engine, key: str, word: Word, since: date | None = None) -> int:
    """Hold a document or dossier back from disposal; return the number of the hold."""
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        row = {
            **_subject(connection, key),
            "action": "held",
            "since_date": since or today(),
            **said,
        }
        return _add(connection, HOLDS, row)


def release(engine: sa.Engine, number: int, word: Word, on: date | None = None) -> int:
    """Release one hold, and no other; return the number of the entry.

    Raises:
        HoldUnknown: no hold of this number stands.
    """
    said = word.as_row()
    later = HOLDS.alias("later")
    standing = sa.select(HOLDS.c.subject_type, HOLDS.c.subject_key).where(
        HOLDS.c.entry_id == number,
        HOLDS.c.action == "held",
        ~sa.exists().where(later.c.of_entry_id == HOLDS.c.entry_id),
    )
    with reading(engine) as connection:
        one_at_a_time(connection)
        held = connection.execute(standing).mappings().one_or_none()
        if held is None:
            raise HoldUnknown(
                f"no hold {number} stands: `./kho retention list held` names those that do."
            )
        row = {**held, "action": "released", "of_entry_id": number, "since_date": on or today()}
        return _add(connection, HOLDS, {**row, **said})


def triggered(engine: sa.Engine, key: str, trigger: Trigger, on: date | None, word: Word) -> int:
    """Write down when what a term runs from happened; without a day, that it has not.

    Raises:
        DecisionRefused: the day has not come yet, or nobody stands by it.
        SubjectUnknown: the last build knows nothing of this key.
    """
    said = word.as_row()
    if on is not None and on > today():
        raise DecisionRefused("what will happen has not happened: say so once the day has come.")
    with reading(engine) as connection:
        one_at_a_time(connection)
        subject = _subject(connection, key)
        row = {**subject, "trigger_code": trigger.value, "trigger_date": on, **said}
        return _add(connection, TRIGGERS, row)


def _subject(connection: sa.Connection, key: str) -> dict[str, str]:
    kind = connection.scalar(sa.text(_SUBJECT), {"key": key})
    if kind is None:
        raise unknown(key)
    return {"subject_type": kind, "subject_key": key}


def _add(connection: sa.Connection, ledger: sa.Table, row: dict[str, Any]) -> int:
    return int(connection.scalar(sa.insert(ledger).values(**row).returning(ledger.c.entry_id)) or 0)
