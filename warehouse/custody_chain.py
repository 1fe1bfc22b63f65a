"""The proof of the chain of custody: every event recomputed here, outside the database.

A chain that was cut off at its end is whole in itself. So its last number and digest are noted
elsewhere: on the signed list, by whoever records; ``prove`` holds the chain against such a note.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from warehouse.custody import Receipt
from warehouse.custody_list import Item, digest
from warehouse.errors import CustodyAltered, FileUnreadable, NotStored
from warehouse.store import Store
from warehouse.tables.custody import EVENTS, ITEMS

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Proof:
    """What a look at the whole chain found: its last event, and how many there are."""

    head: Receipt | None
    event_count: int


def prove(engine: sa.Engine, store: Store, notes: Sequence[tuple[int, str]] = ()) -> Proof:
    """Recompute the chain and read every signed list again; ``notes`` are what was written down.

    Raises:
        CustodyAltered: an event, an item, a list or the end of the chain is not what it was.
        FileUnreadable: the store does not give a list; asking again may help.
    """
    with engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        events = [dict(row) for row in connection.execute(_in_order()).mappings()]
        items = _items(connection)
    faults = [
        *_faults_of_chain(events),
        *_faults_of_items(events, items),
        *_faults_of_notes(events, notes),
        *_faults_of_lists(store, events),
    ]
    if faults:
        shown = "; ".join(faults[:5])
        raise CustodyAltered(
            f"the chain of custody does not hold, {len(faults)} faults: {shown}. Stop recording,"
            " keep the database as it is, and compare with the signed papers and a backup."
        )
    last = events[-1] if events else None
    head = Receipt(last["event_number"], last["event_sha256"], is_new=False) if last else None
    return Proof(head, len(events))


def event_digest(event: Mapping[str, Any]) -> str:
    """Return the digest of an event as ``ledger.custody_digest`` makes it."""
    at = event["recorded_at"].astimezone(UTC)
    told = [
        *(event[name] for name in _BEFORE_DAY),
        event["handover_date"].isoformat(),
        *(event[name] for name in _AFTER_DAY),
        at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
        event["recorded_by"],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


_BEFORE_DAY = (
    "event_number", "previous_sha256", "event_type", "supersedes_number", "giver_agency_code",
    "receiver_agency_code",
)  # fmt: skip
_AFTER_DAY = (
    "box_count", "dossier_count", "document_count", "received_document_count", "condition_code",
    "reason_code", "resolution", "list_sha256", "content_sha256", "decided_by", "because",
)  # fmt: skip


def _in_order() -> sa.Select:
    return sa.select(EVENTS).order_by(EVENTS.c.event_number, EVENTS.c.entry_id)


def _items(connection: sa.Connection) -> dict[int, list[Item]]:
    names = [column.name for column in ITEMS.columns if column.name in Item.__dataclass_fields__]
    found: dict[int, list[Item]] = {}
    asked = sa.select(ITEMS.c.event_number, *(ITEMS.c[name] for name in names))
    for row in connection.execute(asked).mappings():
        words: dict[str, Any] = {name: row[name] for name in names}
        found.setdefault(row["event_number"], []).append(Item(**words))
    return found


def _faults_of_chain(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    before = FIRST
    for number, event in enumerate(events, 1):
        if event["event_number"] != number:
            yield f"where event {number} should be is {event['event_number']}"
            return  # all that follows is out of step
        if event["previous_sha256"] != before:
            yield f"event {number} does not follow from the one before it"
        if event_digest(event) != event["event_sha256"]:
            yield f"event {number} is not what was written"
        before = event["event_sha256"]


def _faults_of_items(
    events: Sequence[Mapping[str, Any]], items: Mapping[int, Sequence[Item]]
) -> Iterator[str]:
    for event in events:
        if digest(items.get(event["event_number"], ())) != event["content_sha256"]:
            yield f"the items of event {event['event_number']} are not those of its list"
    for number in sorted(items.keys() - {event["event_number"] for event in events}):
        yield f"there are items of event {number} and no such event"


def _faults_of_notes(
    events: Sequence[Mapping[str, Any]], notes: Sequence[tuple[int, str]]
) -> Iterator[str]:
    known = {event["event_number"]: event["event_sha256"] for event in events}
    for number, noted in notes:
        if len(noted) < 8 or not known.get(number, "").startswith(noted.lower()):
            yield f"event {number} is not the one that was noted"


def _faults_of_lists(store: Store, events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for sha256 in sorted({event["list_sha256"] for event in events}):
        numbers = [event["event_number"] for event in events if event["list_sha256"] == sha256]
        try:
            found, _ = store.read_back(sha256)
        except NotStored:
            yield f"the signed list of event {numbers[0]} is not in the store"
        except FileUnreadable:
            raise
        else:
            if found != sha256:
                yield f"the signed list of event {numbers[0]} is damaged in the store"
