"""One delivered file, start to end: read, landed or refused, and its sender told."""

from collections import Counter

from connectors.filedrop.folder import Arrival
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import digest
from connectors.filedrop.report import Delivered
from orchestration.defs.filedrop.fates import (
    UNCHANGED,
    Room,
    Taken,
    landed,
    note,
    nothing,
    refused,
    same,
    unreadable,
)
from warehouse.errors import BatchShrank

LATE = "reports that were missing"  # a run was killed between a landing and its report


def take(arrival: Arrival, room: Room) -> Taken:
    """Land what a file lists, or say why not; known files change nothing.

    A file with a state secret leaves nothing: no bytes, no row, no name, only that it was refused;
    what it brought before anybody knew is taken back.
    """
    if room.memory.knows(arrival):
        return Taken(UNCHANGED)
    try:
        sha256 = digest(arrival.path)
    except FileNotFoundError:
        return Taken(UNCHANGED)  # it went away
    except OSError:
        return unreadable(arrival, room)
    file = Delivered(arrival.name, sha256, arrival.size_bytes, arrival.agency)
    known = room.memory.holds(arrival.register_id)
    if known and known.sha256 == sha256 and room.memory.is_settled(known):
        note(arrival, room, known.state, room.told(arrival.register_id, sha256) or nothing(file))
        return Taken(UNCHANGED)
    return _read(arrival, room, file)


def _read(arrival: Arrival, room: Room, file: Delivered) -> Taken:
    """Read a file that is new, or could be told otherwise now."""
    try:
        arrival.refuse_unless_sound(file.sha256)
        other = room.memory.shelf.same(arrival.register_id, arrival.agency, file.sha256)
        return same(arrival, room, file, other) if other else landed(arrival, room, file)
    except FileRefused as why:
        return refused(arrival, room, file, why)
    except BatchShrank:
        return refused(arrival, room, file, FileRefused(Refusal.ROWS_LOST))


def finish(room: Room) -> Counter[str]:
    """Do what runs which were killed have left out: secrets to take back, pages to write."""
    told = room.recall.settle()
    if told:
        room.announce()
    for register_id, known in list(room.memory.unfinished(room.pages)):
        if report := room.told(register_id, known.sha256):
            room.pages.show(report)
            told[LATE] += 1
    return told
