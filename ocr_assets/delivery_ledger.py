"""The ledger of deliveries: the one memory of what was seen, as which version, and how it ended.

Sensors, cursors and Dagster's own storage may be lost: what is written here decides whether a
delivery is new, the same again, or a correction.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ocr_assets.delivery_digest import content_digest, is_bag
from ocr_assets.manifest import FILE, ManifestInvalid, read_manifest, rows_of
from ocr_assets.parcels import Form, delivered_at, is_zip, name_of
from ocr_assets.refusal import DeliveryRefused, Refusal
from ocr_assets.unzip import member_of
from warehouse.tables.intake import DELIVERIES

_D = DELIVERIES.c
_SEEN = ("received", "seen_again")
_ENDS = ("refused", "closed", "left_open")
_MANIFEST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Identity:
    """A delivery as it lies in the inbox: its place, what it is called, and what it is."""

    place: str
    delivery_name: str
    delivery_form: str
    content_sha256: str
    agency_code: str | None
    delivered_at: datetime

    @property
    def batch_id(self) -> str:
        """Return the batch it is, unless the same was delivered before under another name."""
        return f"{self.delivery_name}-{self.content_sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the ledger knows of a delivery's batch; ``has_ended``: a run has come to its end."""

    batch_id: str
    recorded_at: datetime
    has_ended: bool


def identify(place: Path) -> Identity:
    """Return what lies at ``place``; whether it can be taken in shows when it is opened."""
    if place.is_symlink():  # refused when it is opened; nothing is read through it before
        named = place.name, name_of(place)
        return Identity(*named, Form.FOLDER, content_digest(place), None, delivered_at(place))
    bag = is_bag(place)
    form = (Form.ZIPPED_BAG if bag else Form.ZIP) if is_zip(place) else None
    return Identity(
        place=place.name,
        delivery_name=name_of(place),
        delivery_form=(form or (Form.BAG if bag else Form.FOLDER)).value,
        content_sha256=content_digest(place),
        agency_code=_agency(place, FILE if not bag else f"data/{FILE}"),
        delivered_at=delivered_at(place),
    )


def _agency(place: Path, manifest: str) -> str | None:
    """Return the one agency that everything belongs to, if the manifest can be read and says so."""
    try:
        if is_zip(place):
            rows = rows_of(member_of(place, manifest, _MANIFEST_BYTES) or b"")
        else:
            rows = read_manifest(place / manifest)
    except (ManifestInvalid, DeliveryRefused):
        return None
    agencies = {row.agency_code for row in rows}
    return agencies.pop() if len(agencies) == 1 else None


class DeliveryLedger:
    """The ledger, through one connection and in its transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read and write through ``connection``; what is written stands when it is committed."""
        self._connection = connection

    def receive(self, found: Identity) -> Arrival:
        """Note that ``found`` was seen, once; return the batch it is.

        The same again is noted as seen again. Another content under a known name is a new version
        of that delivery; so is one that goes back to an earlier content.
        """
        self._lock()
        last = self._latest(_D.place == found.place, _D.event.in_(_SEEN))
        if last is not None and last.content_sha256 == found.content_sha256:
            if last.delivered_at != found.delivered_at:
                self._add("seen_again", last.batch_id, found)
            return self._arrival(last.batch_id)
        known = self._latest(_D.content_sha256 == found.content_sha256, _D.event == "received")
        newest = self._newest_version(found)
        is_reverted = (
            known is not None
            and newest is not None
            and known.delivery_name == found.delivery_name
            and known.batch_id != newest.batch_id
        )
        if known is not None and not is_reverted:
            self._add("seen_again", known.batch_id, found)
            return self._arrival(known.batch_id)
        version = (newest.version if newest is not None else 0) + 1
        supersedes = newest.batch_id if newest is not None else None
        self._add("received", found.batch_id, found, version=version, supersedes=supersedes)
        return self._arrival(found.batch_id)

    def refuse(self, batch_id: str, reason: Refusal) -> None:
        """Note that the delivery cannot be taken in, unless that was its last word already."""
        self._end("refused", batch_id, reason_code=reason.value)

    def close(self, batch_id: str, counts: Mapping[str, int], *, is_closed: bool) -> None:
        """Note that a batch is closed by ``counts``, or left open, if that is news."""
        self._end("closed" if is_closed else "left_open", batch_id, counts=dict(counts))

    def _end(self, event: str, batch_id: str, **told: Any) -> None:
        self._lock()
        last = self._latest(_D.batch_id == batch_id, _D.event.in_(_ENDS))
        is_said = last is not None and last.event == event
        if is_said and all(getattr(last, name) == value for name, value in told.items()):
            return
        seen = self._latest(_D.batch_id == batch_id, _D.event == "received")
        name = seen.delivery_name if seen is not None else batch_id.rpartition("-")[0]
        agency = seen.agency_code if seen is not None else None
        entry = {"event": event, "batch_id": batch_id, "delivery_name": name, **told}
        self._connection.execute(DELIVERIES.insert().values(agency_code=agency, **entry))

    def _newest_version(self, found: Identity) -> sa.Row | None:
        """Return the newest version under this name, of this agency or where none was told."""
        same = [_D.delivery_name == found.delivery_name, _D.event == "received"]
        if found.agency_code is not None:
            same.append(sa.or_(_D.agency_code == found.agency_code, _D.agency_code.is_(None)))
        return self._latest(*same)

    def _arrival(self, batch_id: str) -> Arrival:
        received = self._latest(_D.batch_id == batch_id, _D.event == "received")
        ended = self._latest(_D.batch_id == batch_id, _D.event.in_(_ENDS))
        if received is None:  # pragma: no cover - written before it is read, in one transaction
            raise LookupError(batch_id)
        return Arrival(batch_id, received.recorded_at, ended is not None)

    def _latest(self, *where: sa.ColumnElement[bool]) -> sa.Row | None:
        wanted = sa.select(DELIVERIES).where(*where).order_by(_D.entry_id.desc()).limit(1)
        return self._connection.execute(wanted).first()

    def _add(self, event: str, batch_id: str, found: Identity, **more: Any) -> None:
        entry = {"event": event, "batch_id": batch_id, **asdict(found), **more}
        self._connection.execute(DELIVERIES.insert().values(**entry))

    def _lock(self) -> None:
        """Let one at a time decide what is new; the lock goes with the transaction."""
        self._connection.execute(
            sa.text("select pg_advisory_xact_lock(hashtextextended('ledger.intake_deliveries', 0))")
        )
