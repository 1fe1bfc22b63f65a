"""One delivered file, start to end: read, landed or refused, and its sender told."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.filedrop.folder import Arrival
from connectors.filedrop.forms import forms
from connectors.filedrop.mapping import Mappings
from connectors.filedrop.page import page
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import Register, digest, read_register
from connectors.filedrop.report import Delivered, Report, refusal_of, report_of
from orchestration.defs.filedrop.shelf import Known, Shelf
from warehouse.errors import BatchShrank
from warehouse.loading import Bundle, Warehouse
from warehouse.store import Store

LANDED, REFUSED, SAME, UNCHANGED = "landed", "refused", "same", "unchanged"


@dataclass(frozen=True, slots=True)
class Room:
    """Where files are taken to and by what they are read."""

    warehouse: Warehouse
    store: Store
    shelf: Shelf
    mappings: Mappings
    reports: Path
    most_lost: float
    told: Callable[[str, str], Report | None]  # what was told of a register's version


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; ``report`` is None where it was known already."""

    outcome: str
    report: Report | None = None


def take(arrival: Arrival, room: Room) -> Taken:
    """Land what a file lists, or say why not; known files change nothing.

    A file with a state secret leaves nothing: no bytes, no row, only that it was refused.
    """
    known = room.shelf.latest(arrival.register_id)
    is_final = known is not None and _is_final(known, arrival, room)
    if known and is_final and known.is_as_seen(arrival.size_bytes, arrival.modified_at):
        return Taken(UNCHANGED)
    try:
        sha256 = digest(arrival.path)
    except OSError:
        return Taken(UNCHANGED)  # it went away, or may not be read yet: looked at next time
    file = Delivered(arrival.name, sha256, arrival.size_bytes, arrival.agency)
    if known and is_final and known.sha256 == sha256:
        told = room.told(arrival.register_id, sha256) or _nothing(file)
        _note(arrival, room, _known(arrival, room, known.state, told), told)
        return Taken(UNCHANGED)
    try:
        arrival.refuse_unless_sound(sha256)
        if room.shelf.same(arrival.register_id, arrival.agency, sha256):
            told = _nothing(file)
            _note(arrival, room, _known(arrival, room, SAME, told), told)
            return Taken(SAME)
        report = _landed(arrival, room, file)
    except (FileRefused, BatchShrank) as refused:
        why = refused if isinstance(refused, FileRefused) else FileRefused(Refusal.ROWS_LOST)
        report = refusal_of(file, why)
        _note(arrival, room, _known(arrival, room, REFUSED, report), report)
    _show(room, file, report)
    return Taken(REFUSED if report["refusal"] else LANDED, report)


def _is_final(known: Known, arrival: Arrival, room: Room) -> bool:
    """Say whether reading the same bytes again could tell nothing new."""
    if room.shelf.is_left_over(arrival.register_id):
        return False
    may_pass = known.reason_code == Refusal.ROWS_LOST and room.most_lost >= 1
    may_pass |= known.reason_code == Refusal.CHECKSUM_DIFFERS  # its checksum may be corrected
    return known.mapping_version == room.mappings.version and not may_pass


def _landed(arrival: Arrival, room: Room, file: Delivered) -> Report:
    """Land the register in one transaction: its rows, what is none, and what became of it."""
    register = read_register(arrival.path, arrival.agency, room.mappings)
    before = room.shelf.landed(arrival.register_id)
    earlier = room.told(arrival.register_id, before.sha256) if before else None
    told: list[Report] = []

    def fate() -> Iterator[Mapping[str, Any]]:
        """Yield the file's own row, once all others were taken and its bytes are kept."""
        room.store.put(arrival.path, sha256=file.sha256)
        told.append(report_of(file, register, earlier))
        yield _row(arrival, _known(arrival, room, LANDED, told[0]), told[0])

    room.warehouse.land_together(
        *_bundles(arrival, register, room.most_lost),
        Bundle("filedrop__files", fate(), _file_batch(arrival, file.sha256)),
    )
    known = _known(arrival, room, LANDED, told[0])
    room.shelf.enter(arrival.register_id, arrival.agency, known)
    return told[0]


def _bundles(arrival: Arrival, register: Register, most_lost: float) -> Iterator[Bundle]:
    """Yield what each form lists; a form that the file no longer has loses its rows."""
    batch = arrival.register_id
    for form in forms():
        table = f"filedrop__{form}"
        yield Bundle(table, register.rows(form), batch, most_lost)
        yield Bundle(f"{table}_rejected", register.dead_letters(form), batch)


def _note(arrival: Arrival, room: Room, known: Known, report: Report) -> None:
    """Write down what became of a file none of whose rows are landed now."""
    row = _row(arrival, known, report)
    room.warehouse.land("filedrop__files", [row], batch_id=_file_batch(arrival, known.sha256))
    room.shelf.enter(arrival.register_id, arrival.agency, known)


def _known(arrival: Arrival, room: Room, state: str, report: Report) -> Known:
    return Known(
        sha256=report["file"]["sha256"],
        size_bytes=arrival.size_bytes,
        modified_at=arrival.modified_at,
        state=state,
        reason_code=(report.get("refusal") or {}).get("code"),
        mapping_version=room.mappings.version,
    )


def _row(arrival: Arrival, known: Known, report: Report) -> dict[str, Any]:
    return {
        "register_id": arrival.register_id,
        "agency_code": arrival.agency or None,
        "file_name": arrival.name,
        "file_sha256": known.sha256,
        "size_bytes": arrival.size_bytes,
        "modified_at": arrival.modified_at,
        "state": known.state,
        "reason_code": known.reason_code,
        "mapping_version": known.mapping_version,
        "report": dict(report),
    }


def _nothing(file: Delivered) -> Report:
    """Return the report on a file that is there already under another name."""
    return {"file": {"name": file.name, "sha256": file.sha256}, "agency": file.agency, "tables": []}


def _file_batch(arrival: Arrival, sha256: str) -> str:
    return f"{arrival.register_id}:{sha256[:16]}"


def _show(room: Room, file: Delivered, report: Report) -> None:
    """Write the report where it can be sent from; its name is the file's digest."""
    folder = room.reports / "drop" / (file.agency or "no-agency")
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / file.sha256[:16]
    beside.with_suffix(".html").write_text(page(report), encoding="utf-8")
    told = json.dumps(report, ensure_ascii=False, indent=1)
    beside.with_suffix(".json").write_text(told, encoding="utf-8")
