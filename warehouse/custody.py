"""Handovers of papers: who gave what to whom, on which day, in what condition, by which list.

An event is never changed. Who thinks better of it writes another one that stands in its place;
what never happened is withdrawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from warehouse import built, custody_list
from warehouse.custody_list import Item
from warehouse.errors import (
    AgencyUnknown,
    HandoverContradicted,
    HandoverListUnusable,
    HandoverUnknown,
)
from warehouse.handovers import Handover, require_agencies, require_sense
from warehouse.holds import Word
from warehouse.store import Store
from warehouse.tables.custody import EVENTS, ITEMS


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger made of a handover: its number and digest, to be noted on the paper."""

    number: int
    sha256: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed list, and its lines in a form that can be counted."""

    signed: Path
    items: Sequence[Item]


# What the database writes itself, and what of an event that never happened is nothing.
_MADE = {"entry_id", "event_number", "previous_sha256", "event_sha256", "recorded_at"}
_MADE |= {"recorded_by"}
_COUNTS = ("box_count", "dossier_count", "document_count", "received_document_count")


def record(  # noqa: PLR0913 - the record, its paper, where both go, and who says so
    engine: sa.Engine,
    store: Store,
    handover: Handover,
    paper: Paper,
    word: Word,
    *,
    supersedes: int | None = None,
) -> Receipt:
    """Write a handover down, its signed list into the store first; the same one again is a no-op.

    Raises:
        AgencyUnknown: the agency file names no such agency.
        HandoverRefused: the day has not come, or something a handover needs is missing.
        HandoverContradicted: its counts are not those of the list, or the list says otherwise
            or is that of another handover.
        HandoverListUnusable: the signed list cannot be read.
        HandoverUnknown: no standing event has the number that is to be superseded.
    """
    said = word.as_row()
    require_sense(handover, paper.items)
    with built.reading(engine, AgencyUnknown, "known the agencies") as connection:
        require_agencies(connection, handover, paper.items)
        _one_at_a_time(connection)
        sha256 = _kept(store, paper.signed)
        row = _row(handover, paper.items, sha256)
        known = _standing(connection, EVENTS.c.list_sha256 == sha256)
        if known and supersedes is None:
            return _again(known, row)
        if supersedes is not None:
            _require_standing(connection, supersedes)
            _require_no_other(known, supersedes)
        return _add(connection, {**row, **said, "supersedes_number": supersedes}, paper.items)


def withdraw(engine: sa.Engine, number: int, word: Word) -> Receipt:
    """Say that what an event tells never happened.

    Raises:
        HandoverUnknown: no standing event has this number.
    """
    said = word.as_row()
    with engine.begin() as connection:
        _one_at_a_time(connection)
        event = _require_standing(connection, number)
        row = {name: value for name, value in event.items() if name not in _MADE}
        row |= dict.fromkeys(_COUNTS, 0) | said
        row |= {"event_type": "withdrawn", "supersedes_number": number}
        return _add(connection, row | {"content_sha256": custody_list.digest(())}, ())


def standing(engine: sa.Engine, *, agency: str = "") -> list[dict[str, Any]]:
    """Return the handovers that stand, the latest first; of one agency, those it took part in."""
    sides = EVENTS.c.giver_agency_code, EVENTS.c.receiver_agency_code
    chosen = sa.or_(*(side == agency for side in sides)) if agency else sa.true()
    with engine.connect() as connection:
        return _standing(connection, chosen)


def _kept(store: Store, signed: Path) -> str:
    try:
        if signed.stat().st_size:
            return store.put(signed)
    except OSError as error:
        raise HandoverListUnusable(
            f"the signed list cannot be read ({type(error).__name__}): look at --list."
        ) from None
    raise HandoverListUnusable("the signed list is an empty file: nothing was written.")


def _row(handover: Handover, items: Sequence[Item], sha256: str) -> dict[str, Any]:
    return {
        "event_type": "handed_over",
        "giver_agency_code": handover.giver,
        "receiver_agency_code": handover.receiver,
        "handover_date": handover.on,
        "box_count": handover.counts.boxes,
        "dossier_count": handover.counts.dossiers,
        "document_count": handover.counts.documents,
        "received_document_count": sum(item.received_document_count for item in items),
        "condition_code": handover.condition.value,
        "reason_code": handover.reason.value,
        "resolution": handover.resolution.strip() or None,
        "list_sha256": sha256,
        "content_sha256": custody_list.digest(items),
    }


def _again(known: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> Receipt:
    """Return the receipt of an event that says the same; one list cannot say two things."""
    for event in known:
        if all(event[name] == value for name, value in row.items()):
            return Receipt(event["event_number"], event["event_sha256"], is_new=False)
    raise HandoverContradicted(
        f"this signed list is that of handover {known[0]['event_number']}, which says otherwise:"
        f" to correct it, --supersedes {known[0]['event_number']}."
    )


def _require_no_other(known: Sequence[Mapping[str, Any]], number: int) -> None:
    """Refuse a correction by the list of another handover: its papers would be counted twice."""
    others = [event["event_number"] for event in known if event["event_number"] != number]
    if others:
        raise HandoverContradicted(
            f"this signed list is that of handover {others[0]}, not of {number}: look at --list,"
            " or withdraw one of the two first."
        )


def _add(connection: sa.Connection, row: Mapping[str, Any], items: Sequence[Item]) -> Receipt:
    made = (EVENTS.c.event_number, EVENTS.c.event_sha256)
    # The columns of the chain are not given: ledger.chain_custody fills them in.
    added = sa.insert(EVENTS).values(**row).returning(*made)
    made_of = connection.execute(added).one()
    number, sha256 = int(made_of[0]), str(made_of[1])
    if items:
        rows = [{"event_number": number, **asdict(item)} for item in items]
        connection.execute(sa.insert(ITEMS), rows)
    return Receipt(number, sha256)


def _standing(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    later = EVENTS.alias("later")
    replaced = sa.exists().where(later.c.supersedes_number == EVENTS.c.event_number)
    asked = sa.select(EVENTS).where(chosen, ~replaced, EVENTS.c.event_type == "handed_over")
    found = connection.execute(asked.order_by(EVENTS.c.event_number.desc())).mappings()
    return [dict(row) for row in found]


def _require_standing(connection: sa.Connection, number: int) -> dict[str, Any]:
    found = _standing(connection, EVENTS.c.event_number == number)
    if not found:
        raise HandoverUnknown(
            f"no handover {number} stands: `./kho handover list` names those that do."
        )
    return found[0]


def _one_at_a_time(connection: sa.Connection) -> None:
    """Wait for whoever else writes; the chain takes the same lock."""
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtextextended('custody', 0))"))
