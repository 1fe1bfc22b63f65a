"""One delivered file, start to end: read, landed or refused, and its sender told."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.filedrop.folder import Arrival
from connectors.filedrop.mapping import Mappings
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import digest, read_register
from connectors.filedrop.report import Delivered, Report, refusal_of, report_of
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.filedrop.rows import batch_of, bundles, emptied, fate
from orchestration.defs.filedrop.shelf import LANDED, REFUSED, SAME, Known
from orchestration.defs.filedrop.taking_back import Recall
from warehouse.errors import BatchShrank
from warehouse.loading import FEW, Bundle, Warehouse
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


def take(arrival: Arrival, room: Room) -> Taken:
    """Land what a file lists, or say why not; known files change nothing.

    A file with a state secret leaves nothing: no bytes, no row, no name, only that it was refused;
    what it brought before anybody knew is taken back.
    """
    if room.memory.knows(arrival):
        return Taken(UNCHANGED)
    try:
        sha256 = digest(arrival.path)
    except OSError:
        return Taken(UNCHANGED)  # it went away, or may not be read yet: looked at next time
    file = Delivered(arrival.name, sha256, arrival.size_bytes, arrival.agency)
    known = room.memory.holds(arrival.register_id)
    if known and known.sha256 == sha256 and room.memory.is_settled(known):
        told = room.told(arrival.register_id, sha256) or _nothing(file)
        _note(arrival, room, known.state, told)
        return Taken(UNCHANGED)
    try:
        arrival.refuse_unless_sound(sha256)
        if other := room.memory.shelf.same(arrival.register_id, arrival.agency, sha256):
            _refuse_a_loss(arrival, room, room.told(other, sha256))
            _note(arrival, room, SAME, _nothing(file), *emptied(arrival.register_id))
            room.announce()
            return Taken(SAME)
        report = _landed(arrival, room, file)
    except (FileRefused, BatchShrank) as refused:
        why = refused if isinstance(refused, FileRefused) else FileRefused(Refusal.ROWS_LOST)
        return _refused(arrival, room, file, why)
    room.announce()
    room.pages.show(report)
    return Taken(LANDED, report)


def finish(room: Room) -> int:
    """Write the pages that runs which were killed have left out; say how many."""
    count = 0
    for register_id, known in list(room.memory.unfinished(room.pages)):
        if report := room.told(register_id, known.sha256):
            room.pages.show(report)
            count += 1
    return count


def _refuse_a_loss(arrival: Arrival, room: Room, told: Report | None) -> None:
    """Return if a register that becomes another's equal keeps enough of its rows.

    Raises:
        FileRefused: it would lose more than a redelivery may.
    """
    before = room.memory.shelf.landed(arrival.register_id)
    earlier = room.told(arrival.register_id, before.sha256) if before else None
    now = _rows_by_form(told)
    for form, count in _rows_by_form(earlier).items():
        if count >= FEW and now[form] < count * (1 - room.memory.most_lost):
            raise FileRefused(Refusal.ROWS_LOST)


def _rows_by_form(report: Report | None) -> Counter[str]:
    rows: Counter[str] = Counter()
    for table in report["tables"] if report else ():
        rows[table["form"]] += table["landed"]
    return rows


def _refused(arrival: Arrival, room: Room, file: Delivered, why: FileRefused) -> Taken:
    """Write down why a file is not taken; rows it brought before stay, but for a state secret."""
    report = refusal_of(file, why)
    is_secret = why.refusal is Refusal.STATE_SECRET
    taken_back: Counter[str] = Counter()
    if is_secret:
        taken_back = room.recall.of(arrival.register_id, file.sha256)
    _note(arrival, room, REFUSED, report, *(emptied(arrival.register_id) if is_secret else ()))
    room.announce()
    room.pages.show(report)
    return Taken(REFUSED, report, taken_back)


def _landed(arrival: Arrival, room: Room, file: Delivered) -> Report:
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
        Bundle("filedrop__files", row(), batch_of(arrival.register_id, file.sha256)),
    )
    report, known = told[0]
    room.memory.shelf.enter(arrival.register_id, arrival.agency, known)
    return report


def _note(arrival: Arrival, room: Room, state: str, report: Report, *also: Bundle) -> None:
    """Write down what became of a file none of whose rows are landed now; ``also`` with it."""
    known = _known(arrival, room, state, report)
    row = fate(arrival.register_id, arrival.agency, known, report)
    room.warehouse.land_together(*also, row, extracted_at=known.extracted_at)
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


def _nothing(file: Delivered) -> Report:
    """Return the report on a file that is there already under another name."""
    return {"file": {"name": file.name, "sha256": file.sha256}, "agency": file.agency, "tables": []}
