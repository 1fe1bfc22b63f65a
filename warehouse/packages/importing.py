"""A package comes in: proved first, then its files, its rows and the words of people."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from warehouse.errors import ContentDiffers, PackageRefused
from warehouse.events import Agent, Event, note, note_rows
from warehouse.fixity import Fixity, examine, record
from warehouse.packages import aip, restating, restoring
from warehouse.packages.checking import checked, deliveries_of
from warehouse.packages.dossier import secrets_among
from warehouse.packages.opening import laid_open
from warehouse.packages.package import Package
from warehouse.packages.rows import Delivery
from warehouse.store import Store
from warehouse.tables.preservation import IMPORTS, PREMIS_EVENTS

OUR_OWN = frozenset({"entry_id", "recorded_at", "recorded_by"})
ARRIVED = "ingestion"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was new in a package; nothing, if it was here already."""

    package_id: str
    documents: int
    files: int
    rows: int
    words: int = 0


class Importer:
    """The way in for packages of dossiers."""

    def __init__(self, owner: sa.Engine, store: Store, version: str) -> None:
        """Write rows as ``owner``, keep files in ``store``; ``version`` is kho's."""
        self._owner, self._store, self._version = owner, store, version
        self.cadence = timedelta(days=90)

    def take_in(self, package: Path, work: Path | None = None) -> Imported:
        """Take in a package: a folder or a ZIP, an AIP or a bag; ``work`` may be large.

        Raises:
            PackageRefused: it is damaged, hostile, contradicts itself or brings a secret.
            PackageConflicts: its deliveries are here with other rows, or people here have said
                something else of its documents.
        """
        scratch = Path(tempfile.mkdtemp(prefix=".kho-import-", dir=work))
        try:
            opened = checked(laid_open(package, scratch))
            return self._take_in(opened, deliveries_of(opened))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _take_in(self, package: Package, deliveries: list[Delivery]) -> Imported:
        documents = {one.file_sha256 for one in deliveries}
        with self._owner.begin() as connection:
            if secrets_among(connection, sorted(documents)):
                raise PackageRefused("a document of the package is known here as a secret.")
            restoration = restoring.prepared(connection, package, deliveries)
            restating.refuse_conflicts(connection, package)
            fresh = self._keep(package)  # before the rows: none names bytes that are not there
            rows = restoring.restored(connection, restoration)
            words = restating.restated(connection, package)
            note_rows(connection, _told(package))
            if rows or fresh or words:
                self._write_down(connection, package, fresh, rows + words)
        return Imported(package.package_id, len(documents), len(fresh), rows, words)

    def _keep(self, package: Package) -> list[str]:
        """Put files into the store that are not there, or not whole; return their digests."""
        fresh = []
        for digest, path in sorted(package.stored().items()):
            if self._store.has(digest) and examine(self._store, digest).result is Fixity.INTACT:
                continue
            self._store.put(package.root / path, sha256=digest)
            finding = examine(self._store, digest)
            record(self._owner, finding, self.cadence)
            if finding.result is not Fixity.INTACT:
                raise ContentDiffers(
                    f"{digest} is {finding.result.value} right after it was stored: look at the"
                    " disk or the service behind the store."
                )
            fresh.append(digest)
        return fresh

    def _write_down(
        self, connection: sa.Connection, package: Package, fresh: list[str], rows: int
    ) -> None:
        entry = {
            "import_id": str(uuid4()),
            "package_id": package.package_id,
            "content_sha256": package.content_sha256,
            "file_count": len(fresh),
            "row_count": rows,
        }
        connection.execute(sa.insert(IMPORTS), entry)
        now, agents = datetime.now(UTC), (Agent("kho", "software", self._version),)
        detail = f"from package {package.package_id}"
        note(
            connection,
            [Event(ARRIVED, now, digest, "success", agents, detail) for digest in fresh],
        )


def _told(package: Package) -> list[dict[str, object]]:
    """Return the events a package tells of, as entries of our own ledger."""
    columns = {name for name in PREMIS_EVENTS.columns.keys() if name not in OUR_OWN}  # noqa: SIM118
    return [_entry(row, columns) for _, row in package.lines(aip.EVENTS)]


def _entry(row: Mapping[str, object], columns: set[str]) -> dict[str, object]:
    if set(row) != columns:
        raise PackageRefused("an event of the package has other columns than the ledger.")
    try:
        at = datetime.fromisoformat(str(row["event_at"]))
    except ValueError:
        raise PackageRefused("an event of the package has no time.") from None
    return {**row, "event_at": at}
