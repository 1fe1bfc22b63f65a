"""A dossier leaves: on a request, with every file proved on its way out, and written down."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from warehouse.errors import (
    ContentDiffers,
    ExportStopped,
    FileUnreadable,
    NotStored,
    PackageThere,
    WarehouseError,
)
from warehouse.events import Agent, Event, note
from warehouse.fixity import Finding, Fixity, as_event, record
from warehouse.packages import aip, rows, words
from warehouse.packages.bag import bagged
from warehouse.packages.dossier import Dossier, gather, kept_beside
from warehouse.packages.request import BAG, Exported, Journey, Request
from warehouse.packages.tree import Item, Tree, zipped
from warehouse.store import Store
from warehouse.tables.preservation import EXPORTS, PREMIS_EVENTS

LEFT = "exporting"
OUR_OWN = frozenset({"entry_id", "recorded_at", "recorded_by"})
FAULTS = {
    ContentDiffers: Fixity.DAMAGED,
    NotStored: Fixity.MISSING,
    FileUnreadable: Fixity.UNREADABLE,
}


class Exporter:
    """The way out for dossiers of one warehouse."""

    def __init__(self, owner: sa.Engine, reader: sa.Engine, store: Store, version: str) -> None:
        """Read rows as ``owner``; ``reader`` is the login that decides which documents go."""
        self._owner, self._reader, self._store = owner, reader, store
        self._version = version
        self.cadence = timedelta(days=90)

    def export(self, request: Request, target: Path, at: datetime | None = None) -> Exported:
        """Write the dossier to ``target``: a ``.zip``, or a folder that is made.

        Raises:
            NothingToExport: the reader finds no usable document of it.
            ExportStopped: a file is damaged, or the marts are behind.
            PackageThere: something lies at ``target``.
        """
        if target.exists():
            raise PackageThere(f"{target} is there already: name another place for the package.")
        request.refuse_unfounded()
        journey = Journey(request, str(uuid4()), at or datetime.now(UTC))
        self._tell(journey, "requested")
        target.parent.mkdir(parents=True, exist_ok=True)
        work = target.parent / f".kho-export-{journey.export_id}"
        try:
            exported = self._write(journey, work, target)
        except WarehouseError as error:
            self._tell(journey, "stopped", reason=str(error))
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return exported

    def _write(self, journey: Journey, work: Path, target: Path) -> Exported:
        request = journey.request
        name = aip.package_name(request.agency_code, request.dossier_code)
        tree = Tree(work / name)
        with self._reader.connect() as reader, self._owner.connect() as owner:
            # One moment for all tables: a landing meanwhile must not tear the dossier apart.
            owner.execution_options(isolation_level="REPEATABLE READ")
            dossier = gather(reader, owner, request.agency_code, request.dossier_code)
            if not request.has_refused:
                dossier = replace(dossier, refused=())
            beside = kept_beside(owner, dossier)
            for table in rows.travelling():
                lines = rows.lines(owner, table, dossier.deliveries)
                tree.write_lines(f"{rows.FOLDER}/{table.name}.jsonl", lines)
            for ledger in words.LEDGERS:
                said = words.lines(owner, ledger.table, dossier.document_keys)
                tree.write_lines(ledger.path, said)
            told = self._told(owner, dossier)
        proofs: list[Event] = []
        aip.place_files(dossier, beside, lambda *taken: self._take(tree, proofs, *taken))
        events = sorted(
            [*told, *(event.as_row() for event in proofs)],
            key=lambda event: (event["event_at"], event["event_id"]),
        )
        label = aip.Label(name, self._version, journey.at, journey.note)
        aip.describe(tree, dossier, events, label)
        self._deliver(journey, tree, target)
        return self._sign_out(journey, dossier, tree, target)

    def _take(
        self, tree: Tree, proofs: list[Event], path: str, sha256: str, media_type: str
    ) -> Item:
        """Copy one file out of the store, proving it on the way."""
        now = datetime.now(UTC)
        try:
            item = tree.fetch(path, self._store, sha256, media_type)
        except tuple(FAULTS) as error:
            record(self._owner, Finding(sha256, FAULTS[type(error)], now), self.cadence)
            raise ExportStopped(
                f"{path} is {FAULTS[type(error)].value} in the store ({sha256}): restore it from a"
                " backup, then export again."
            ) from None
        finding = Finding(sha256, Fixity.INTACT, now, sha256, item.size_bytes)
        record(self._owner, finding, self.cadence)
        proofs.append(as_event(finding))
        return item

    def _told(self, owner: sa.Connection, dossier: Dossier) -> list[Mapping[str, Any]]:
        """Return what the ledger tells of the files; of good proofs the newest is enough."""
        table = PREMIS_EVENTS
        touches = sa.or_(
            table.c.file_sha256.in_(dossier.digests), table.c.made_sha256.in_(dossier.digests)
        )
        is_news = sa.and_(
            table.c.event_type != LEFT,
            sa.or_(table.c.event_type != "fixity check", table.c.outcome != "pass"),
        )
        columns = [column for column in table.columns if column.name not in OUR_OWN]
        asked = sa.select(*columns).where(touches, is_news)
        return [dict(row) for row in owner.execute(asked).mappings()]

    def _deliver(self, journey: Journey, tree: Tree, target: Path) -> None:
        """Bring the tree into its final form, and into place whole."""
        if journey.request.package_type == BAG:
            bagged(tree.root, journey.at, {"External-Identifier": tree.root.name})
        if target.suffix == ".zip":
            zipped(tree.root, target, journey.at)
        else:
            tree.root.replace(target)

    def _sign_out(self, journey: Journey, dossier: Dossier, tree: Tree, target: Path) -> Exported:
        items = tree.items()
        size = sum(item.size_bytes for item in items)
        self._tell(
            journey,
            "delivered",
            document_count=len(dossier.documents),
            file_count=len(items),
            size_bytes=size,
            content_sha256=tree.content_sha256,
        )
        left = [
            Event(
                LEFT,
                journey.at,
                digest,
                "success",
                (Agent("kho", "software", self._version),),
                detail=f"copy in {journey.request.package_type} export {journey.export_id}",
            )
            for digest in dossier.digests
        ]
        with self._owner.begin() as connection:
            note(connection, left)
        return Exported(target, len(dossier.documents), len(items), size, journey.expires_at)

    def _tell(self, journey: Journey, state: str, **more: Any) -> None:
        """Write down how far the export has come."""
        with self._reader.connect() as connection:
            reader = connection.scalar(sa.text("select session_user"))
        request = journey.request
        entry = {
            "export_id": journey.export_id,
            "state": state,
            "agency_code": request.agency_code,
            "dossier_code": request.dossier_code,
            "package_type": request.package_type,
            "purpose": request.purpose,
            "requester": request.requester,
            "reader": reader,
            "expires_at": journey.expires_at,
            "has_refused": request.has_refused,
            **more,
        }
        with self._owner.begin() as connection:
            connection.execute(sa.insert(EXPORTS), entry)
