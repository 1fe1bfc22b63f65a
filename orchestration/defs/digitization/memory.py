"""What earlier batches have left that saves work: whole documents, or at least what was read."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ocr_assets.profile import Scan
from orchestration.defs.digitization.describing import renewed
from orchestration.defs.digitization.reuse import Row, earlier
from orchestration.resources import Database, ScanEngines
from warehouse.reading_ledger import ReadingLedger
from warehouse.store import Store


class Memory:
    """What is known of scans, for engines that would come to the same result. Never of a secret."""

    def __init__(self, engines: ScanEngines, database: Database, store: Store) -> None:
        """Look into ``database`` and ``store`` for what ``engines`` would make again."""
        self._engines = engines
        self._database = database
        self._store = store
        self._agencies = database.agency_names()
        self._recipes = engines.recipes(self._agencies)

    def documents(
        self, scans: Mapping[str, Scan], tables: Collection[str]
    ) -> Iterator[tuple[str, dict[str, list[Row]]]]:
        """Yield the digest and rows of each scan that need not be opened again."""
        wanted = {
            sha256: self._recipes.of(scan.declared)
            for sha256, scan in scans.items()
            if not scan.is_secret
        }
        with self._database.connected() as connection:
            signs = bool(self._engines.signing_key)
            for known in earlier(connection, wanted, self._recipes.fields, is_signed=signs):
                if known.is_kept(self._store):
                    found = known.rows(connection, tables)
                    yield (
                        known.file_sha256,
                        renewed(
                            found,
                            self._store,
                            self._recipes.fields,
                            self._agencies,
                            self._engines.learned(),
                        ),
                    )

    def hand_over(self, scans: Mapping[str, Scan], work: Path) -> None:
        """Give the engines what was read of these scans: a copy is made anew, nothing is read."""
        open_ = [sha256 for sha256, scan in scans.items() if not scan.is_secret]
        with self._database.connected() as connection:
            known = ReadingLedger(connection).made_by(self._recipes.reading, open_)
        for sha256, reading in known.items():
            if self._store.has(reading):
                with self._store.open(reading) as kept:
                    self._engines.hand_over(kept.read(), scans[sha256], work, self._agencies)
