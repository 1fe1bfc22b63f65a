"""What a run works with: the database, the file store, the inbox, the scanner's engines.

Addresses with passwords are no configuration of a resource: Dagster would show them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import sqlalchemy as sa

from ocr_assets.thresholds import Thresholds
from orchestration.settings import settings
from warehouse import learning
from warehouse.database import engine
from warehouse.embedded import EmbeddedServer
from warehouse.loading import Landing, Warehouse
from warehouse.quarantine import Quarantine
from warehouse.schema import AGENCIES
from warehouse.store import Store

if TYPE_CHECKING:
    from ocr_assets.ask.remote_fields import RemoteFields
    from ocr_assets.digitized import Digitized
    from ocr_assets.parts import Stack
    from ocr_assets.profile import Profile, Scan
    from ocr_assets.recipe import Recipes
    from ocr_assets.signing import SigningKey


class Database(dg.ConfigurableResource):
    """The warehouse's database: the one the settings name, else the embedded server's."""

    def url(self) -> str:
        """Return its address, password and all; for connecting, never for showing."""
        given = settings()
        server = EmbeddedServer(given.home, given.postgres_port)
        return given.database_url or server.url()

    def warehouse(self) -> Warehouse:
        """Return the only way in for raw rows."""
        return Warehouse(self.url())

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """Give one connection in one transaction; nothing of it is left open."""
        opened = engine(self.url())
        try:
            with opened.begin() as connection:
                yield connection
        finally:
            opened.dispose()

    def agency_names(self) -> list[str]:
        """Return the names agencies have or had; readers of documents look for them."""
        with self.connected() as connection:
            column = AGENCIES.c.agency_name
            wanted = sa.select(column).distinct().order_by(column)
            return [str(row[0]) for row in connection.execute(wanted) if row[0]]

    def thresholds(self) -> Thresholds:
        """Return from which confidence fields are accepted, as the latest calibration has it."""
        with self.connected() as connection:
            calibration, learned = learning.thresholds(connection)
        return Thresholds.of_calibration(calibration, learned)

    def agency_names_by_code(self) -> dict[str, str]:
        """Return the latest name of each agency: of its lines, that which begins last."""
        columns = (AGENCIES.c.agency_code, AGENCIES.c.agency_name)
        first_day = AGENCIES.c.valid_from.nulls_first()
        wanted = sa.select(*columns).order_by(AGENCIES.c["_extracted_at"], first_day)
        with self.connected() as connection:
            return {str(code): str(name) for code, name in connection.execute(wanted) if name}


class FileStore(dg.ConfigurableResource):
    """Received files and archive copies, by the digest of their bytes; secrets sealed apart."""

    address: str
    quarantine_folder: str = ""
    custodian_key: str = ""

    def open(self) -> Store:
        """Return the store."""
        return Store(self.address)

    def quarantine(self) -> Quarantine | None:
        """Return where secrets are sealed; None where nobody is named that could open them."""
        if not self.custodian_key:
            return None
        return Quarantine(Path(self.quarantine_folder), self.custodian_key)


class Inbox(dg.ConfigurableResource):
    """Where batches are delivered, one folder each, and where a run may work on them."""

    folder: str
    work: str

    def workplace(self, batch: str) -> Path:
        """Return the folder a run may fill while it works on ``batch``."""
        return Path(self.work) / batch


class ScanEngines(dg.ConfigurableResource):
    """The programs and models that turn scans into documents, and how many at once."""

    tools: str
    reader: str
    workers: int
    endpoint: str = ""
    trust_store: str = ""
    signing_key: str = ""
    signing_passphrase: str = ""
    signing_mark: str = ""
    signing_timestamp_url: str = ""
    field_endpoint: str = ""
    field_model: str = ""
    field_allowed_host: str = ""
    field_token: str = ""
    calibration_id: str = ""
    thresholds: dict[str, float] = {}  # noqa: RUF012 - Pydantic copies it

    def field_reader(self) -> "RemoteFields | None":
        """Return whom to ask for fields that the rules did not find; None where no setting says.

        Raises:
            EndpointElsewhere: the endpoint is on a host that no setting allows.
        """
        if not self.field_endpoint:
            return None
        from ocr_assets.ask.remote_fields import RemoteFields  # noqa: PLC0415 - rarely wanted

        return RemoteFields(
            self.field_endpoint,
            self.field_model,
            allowed_host=self.field_allowed_host,
            token=self.field_token or None,
        )

    def digitize(
        self, scans: Sequence["Scan"], work: Path, agencies: Sequence[str]
    ) -> Iterator["Digitized"]:
        """Yield each scan once, digitised and judged, as it is ready."""
        # Loads OCR engines, which only a digitising run needs.
        from ocr_assets.batch import digitize_all  # noqa: PLC0415

        profile, signing = self._profile(agencies), self._signing_key()
        yield from digitize_all(scans, work, profile, workers=self.workers, signing=signing)

    def with_reader(self, mode: str) -> "ScanEngines":
        """Return the same engines with another mode of reading."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**given | {"reader": mode})

    def calibrated_by(self, thresholds: Thresholds) -> "ScanEngines":
        """Return the same engines that accept fields by these thresholds."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        learned = {
            "calibration_id": thresholds.calibration_id or "",
            "thresholds": dict(thresholds.learned),
        }
        return type(self)(**given | learned)

    def learned(self) -> Thresholds:
        """Return the thresholds by which fields are accepted."""
        return Thresholds.of_calibration(self.calibration_id or None, self.thresholds)

    def recipes(self, agencies: Sequence[str]) -> "Recipes":
        """Return what decides how files come out, and which fields are found in them."""
        from ocr_assets.recipe import recipes_of  # noqa: PLC0415 - loads parsers

        return recipes_of(self._profile(agencies))

    def hand_over(self, data: bytes, scan: "Scan", work: Path, agencies: Sequence[str]) -> None:
        """Have ``digitize`` find pages of ``scan`` in a kept reading instead of reading them."""
        from ocr_assets.journal import Journal  # noqa: PLC0415 - loads parsers
        from ocr_assets.kept import kept_reading  # noqa: PLC0415
        from ocr_assets.worker_process import JOURNAL  # noqa: PLC0415

        readings, about = kept_reading(data)
        recipe = self.recipes(agencies).of(scan.declared)
        journal = Journal.of(work / JOURNAL, about.file_sha256, recipe)
        for reading in readings:
            journal.keep(reading)

    def _profile(self, agencies: Sequence[str]) -> "Profile":
        from ocr_assets.profile import Profile  # noqa: PLC0415
        from ocr_assets.toolbox import Toolbox  # noqa: PLC0415

        return Profile(
            Toolbox(Path(self.tools)),
            reader=self.reader,
            endpoint=self.endpoint or None,
            agencies=tuple(agencies),
            trust_store=Path(self.trust_store) if self.trust_store else None,
            thresholds=self.learned(),
        )

    def _signing_key(self) -> "SigningKey | None":
        from ocr_assets.signing import SigningKey  # noqa: PLC0415

        return (
            SigningKey(
                Path(self.signing_key),
                self.signing_passphrase or None,
                self.signing_mark or None,
                self.signing_timestamp_url or None,
            )
            if self.signing_key
            else None
        )

    def cut(self, source: Path, target: Path, expected: int) -> "Stack":
        """Return a stack cut into files under ``target``, or what was found instead."""
        from ocr_assets.profile import Limits  # noqa: PLC0415 - as above
        from ocr_assets.stack_process import cut_apart  # noqa: PLC0415

        return cut_apart(source, target, expected, Limits())


def landed(landing: Landing) -> dict[str, int]:
    """Return the receipt of a landing as metadata: a count, no rows."""
    return {"dagster/row_count": landing.rows}
