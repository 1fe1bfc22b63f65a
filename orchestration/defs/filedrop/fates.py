"""The ways a delivered file can end: landed, refused, unreadable, or another's equal."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.filedrop.folder import Arrival
from connectors.filedrop.mapping import Mappings
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import read_register, refuse_secrets
from connectors.filedrop.report import Delivered, Report, refusal_of, report_of
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.losses import refuse_a_loss
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.filedrop.rows import batch_of, bundles, emptied, fate, unread
from orchestration.defs.filedrop.shelf import LANDED, REFUSED, SAME, UNREAD, Known
from orchestration.defs.filedrop.taking_back import Recall
from warehouse.loading import Bundle, Warehouse
from warehouse.store import Store

UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Room:
    """Where files are taken to and by what they are read."""

    warehouse: Warehouse
    store: Store
    memory: Memory
    mappings: Mappings
    pages: Pages
    recall: Recall
    told: Callable[[str, str], Report | None]  # what was told of a register's version
    announce: Callable[[], None]  # that rows changed: before the run can be killed


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; ``report`` is None where it was known already."""

    outcome: str
    report: Report | None = None
    taken_back: Mapping[str, int] = field(default_factory=dict)


def unreadable(arrival: Arrival, room: Room) -> Taken:
    """Write down, once, that a file cannot be read; there is no digest to call a page by."""
    known = room.memory.seen(arrival.register_id, arrival.size_bytes, arrival.modified_at)
    if known and known.reason_code == Refusal.UNREADABLE:
        return Taken(UNCHANGED)
    file = Delivered(arrival.name, UNREAD, arrival.size_bytes, arrival.agency)
    report = refusal_of(file, FileRefused(Refusal.UNREADABLE))
    note(arrival, room, REFUSED, report)
    room.announce()
    return Taken(REFUSED, report)


def same(arrival: Arrival, room: Room, file: Delivered, other: str) -> Taken:
    """Write down that a file is another's equal now; rows of its own are of no file any more.

    Raises:
        FileRefused: it would lose more of them than a redelivery may.
    """
    before = room.memory.shelf.landed(arrival.register_id)
    earlier = room.told(arrival.register_id, before.sha256) if before else None
    refuse_a_loss(earlier, room.told(other, file.sha256), room.memory.most_lost)
    note(arrival, room, SAME, nothing(file), *emptied(arrival.register_id))
    room.announce()
    return Taken(SAME)


def refused(arrival: Arrival, room: Room, file: Delivered, why: FileRefused) -> Taken:
    """Write down why a file is not taken; rows it brought before stay, but for a state secret."""
    why = _graver(arrival, room, why)
    report = refusal_of(file, why)
    is_secret = why.refusal is Refusal.STATE_SECRET
    taken_back: Counter[str] = Counter()
    if is_secret:
        taken_back = room.recall.of(arrival.register_id, file.sha256)
    note(arrival, room, REFUSED, report, *(emptied(arrival.register_id) if is_secret else ()))
    room.announce()
    room.pages.show(report)
    return Taken(REFUSED, report, taken_back)


def _graver(arrival: Arrival, room: Room, why: FileRefused) -> FileRefused:
    """Return the state secret that a register lists beyond where it was refused, or why it was."""
    if why.refusal not in (Refusal.ROWS_LOST, Refusal.COLUMNS_SHIFTED):
        return why
    try:
        for table in read_register(arrival.path, arrival.agency, room.mappings).tables:
            refuse_secrets(table)
    except FileRefused as graver:
        return graver if graver.refusal is Refusal.STATE_SECRET else why
    return why


def landed(arrival: Arrival, room: Room, file: Delivered) -> Taken:
    """Land the register in one transaction: its rows, what is none, and what became of it."""
    register = read_register(arrival.path, arrival.agency, room.mappings)
    before = room.memory.shelf.landed(arrival.register_id)
    earlier = room.told(arrival.register_id, before.sha256) if before else None
    told: list[tuple[Report, Known]] = []

    def row() -> Iterator[Mapping[str, Any]]:
        """Yield the file's own row, once all others were taken and its bytes are kept."""
        room.store.put(arrival.path, sha256=file.sha256)
        report = report_of(file, register, earlier)
        told.append((report, _known(arrival, room, LANDED, report)))
        yield from fate(arrival.register_id, arrival.agency, told[0][1], report).rows

    room.warehouse.land_together(
        *bundles(arrival.register_id, register, room.memory.most_lost),
        unread(arrival.register_id),
        Bundle("filedrop__files", row(), batch_of(arrival.register_id, file.sha256)),
    )
    report, known = told[0]
    room.memory.shelf.enter(arrival.register_id, arrival.agency, known)
    room.announce()
    room.pages.show(report)
    return Taken(LANDED, report)


def note(arrival: Arrival, room: Room, state: str, report: Report, *also: Bundle) -> None:
    """Write down what became of a file none of whose rows are landed now; ``also`` with it."""
    known = _known(arrival, room, state, report)
    row = fate(arrival.register_id, arrival.agency, known, report)
    row_before = unread(arrival.register_id)
    room.warehouse.land_together(*also, row_before, row, extracted_at=known.extracted_at)
    room.memory.shelf.enter(arrival.register_id, arrival.agency, known)


def _known(arrival: Arrival, room: Room, state: str, report: Report) -> Known:
    return Known(
        sha256=report["file"]["sha256"],
        size_bytes=arrival.size_bytes,
        modified_at=arrival.modified_at,
        state=state,
        reason_code=(report.get("refusal") or {}).get("code"),
        mapping_version=room.memory.version,
        extracted_at=datetime.now(UTC),
    )


def nothing(file: Delivered) -> Report:
    """Return the report on a file that is there already under another name."""
    return {"file": {"name": file.name, "sha256": file.sha256}, "agency": file.agency, "tables": []}
