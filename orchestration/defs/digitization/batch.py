"""The work of one batch: what is opened, what is kept, what is said about it."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from ocr_assets.intake import DeliveredFile, Delivery
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.profile import Scan
from ocr_assets.receive import is_misnamed
from ocr_assets.secrecy import is_declared_secret
from ocr_assets.thresholds import SHIPPED
from orchestration.defs.digitization import rows, signature_rows
from orchestration.defs.digitization.custody import Secret
from orchestration.defs.digitization.declarations import declared_for
from orchestration.defs.digitization.memory import Memory
from orchestration.defs.digitization.reuse import LANDED
from orchestration.defs.digitization.stacks import Stacks
from orchestration.resources import Database, ScanEngines
from warehouse.schema import RAW
from warehouse.store import Store

if TYPE_CHECKING:
    from ocr_assets.digitized import Digitized

PROGRESS_EVERY_S = 5.0
UNOPENED = {"missing": Reason.FILE_MISSING, "undeclared": Reason.NOT_IN_MANIFEST}


class Batch:
    """The rows one delivery becomes, gathered while its files are digitised."""

    def __init__(self, delivery: Delivery, store: Store, tell: Callable[[str], None]) -> None:
        """Gather for ``delivery``, keeping files in ``store``; progress goes to ``tell``."""
        self._delivery = delivery
        self._store = store
        self._tell = tell
        self._told_at = 0.0
        self._same_bytes: dict[str, list[DeliveredFile]] = {}
        self._stacks = Stacks(len(delivery.files))
        self._total = len(delivery.files)
        self.thresholds = SHIPPED
        self.documents: list[rows.Row] = []
        self.pages: list[rows.Row] = []
        self.fields: list[rows.Row] = []
        self.signatures: list[rows.Row] = []
        self.secrets: list[Secret] = []
        self.parts = self._stacks.parts
        self.readings: list[rows.Row] = []
        self.newly_read: list[rows.Row] = []

    def digitize(
        self, engines: ScanEngines, work: Path, database: Database, *, reread: bool = False
    ) -> None:
        """Digitise what was received; bytes that came twice are digitised once.

        What was digitised before by the same recipe is taken over, unless ``reread``. ``work``
        keeps what is finished until the caller, who has landed everything, removes it.

        Raises:
            dg.Failure: no agency is known; worth another try, for the file may be under way.
        """
        agencies = database.agency_names()
        if not agencies:
            raise dg.Failure(
                "no agency is known, so no issuer could be told: run the job pull_sources, which"
                " reads agencies.csv, and digitise this batch after it"
            )
        self.thresholds = engines.learned()
        self._sort_out()
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in work.glob("stack-*"):
            shutil.rmtree(left, ignore_errors=True)  # half cut, maybe, by a killed run
        for part in self._stacks.cut(engines, work):
            self._same_bytes.setdefault(part.sha256 or "", []).append(part)
        self.documents += self._stacks.refusals
        self._total = len(self.documents) + sum(map(len, self._same_bytes.values()))
        scans = self._scans(database.agency_names_by_code())
        if not reread:
            memory = Memory(engines, database, self._store)
            for sha256, found in list(memory.documents(scans, self._taken_over())):
                self._add(self._same_bytes[sha256], found)
                del scans[sha256]
            memory.hand_over(scans, work)
        for done in engines.digitize([*scans.values()], work, agencies) if scans else ():
            self._keep(done)
            self._say_progress()
        for stack in self._stacks.fit_to_keep():
            self._store.put(stack.path, sha256=stack.sha256)

    def _sort_out(self) -> None:
        """Note what is not opened; put stacks apart; know the rest by its bytes."""
        for file in self._delivery.files:
            reason = UNOPENED.get(file.received_state)
            if reason is not None:
                now = datetime.now(UTC)
                self.documents.append(rows.refusal(file.ordinal, file.sha256, reason, now))
            elif not self._stacks.takes(file):
                self._same_bytes.setdefault(file.sha256 or "", []).append(file)

    def _add(self, same: Sequence[DeliveredFile], found: Mapping[str, Sequence[rows.Row]]) -> None:
        """Note rows for each of the files that have the same bytes, not the same place and name."""
        for name, of_one in found.items():
            for file in same:
                here: rows.Row = {"file_ordinal": file.ordinal}
                if name == "documents":
                    here["is_misnamed"] = is_misnamed(file.name, file.media_type or "")
                self.rows_of[name].extend(row | here for row in of_one)

    @property
    def rows_of(self) -> dict[str, list[rows.Row]]:
        """Return the gathered rows by raw table, documents last: their rows vouch for the rest."""
        gathered = (table.name.removeprefix(LANDED) for table in RAW.sorted_tables)
        names = [name for name in gathered if isinstance(getattr(self, name, None), list)]
        names.sort(key="documents".__eq__)
        return {name: getattr(self, name) for name in names}

    def _taken_over(self) -> list[str]:
        """Return the tables whose rows may come from an earlier batch: stacks are cut each time."""
        return [name for name in self.rows_of if name != "parts"]

    def _scans(self, names: Mapping[str, str]) -> dict[str, Scan]:
        """Return one scan for each distinct content; declared secret once is secret."""
        return {
            sha256: Scan(same[0].path, _is_secret(same), declared_for(same, names))
            for sha256, same in self._same_bytes.items()
        }

    def counts(self) -> dict[str, int]:
        """Return how many files ended how, and why."""
        ended = Counter(f"outcome {row['outcome']}" for row in self.documents)
        why = Counter(
            f"reason {row['reason_code']}" for row in self.documents if row["reason_code"]
        )
        return dict(sorted(ended.items())) | dict(sorted(why.items()))

    def count_unread(self) -> int:
        """Return how many pages no reader could read."""
        return sum(row["reason_code"] == Reason.OCR_FAILED for row in self.pages)

    def _keep(self, done: "Digitized") -> None:
        """Store the files, then note the rows: a row never names bytes that are not there."""
        same = self._same_bytes.get(done.sha256 or "")
        if same is None:
            self._lose(done.file)
            return
        archive_bytes = None
        if rows.is_secret(done):
            self.secrets += map(Secret, self._stacks.holders_of_secret(same))
        else:
            self._store.put(same[0].path, sha256=done.sha256)
            if done.archive and done.outcome in rows.USABLE:
                archive_bytes = done.archive.stat().st_size
                self._store.put(done.archive, sha256=done.archive_sha256)
                if done.reading:
                    self._store.put(done.reading, sha256=done.reading_sha256)
                    self.newly_read.append(rows.reading(done))
        now = datetime.now(UTC)
        for file in same:
            self.documents.append(rows.document(file.ordinal, done, archive_bytes, now))
            self.pages += rows.pages(file.ordinal, done)
            self.fields += rows.fields(file.ordinal, done)
            self.signatures += signature_rows.signatures(file.ordinal, done)
            self.readings += rows.readings(file.ordinal, done)

    def _lose(self, name: str) -> None:
        """Note that the bytes that were received under ``name`` are not there any more."""
        now = datetime.now(UTC)
        for same in self._same_bytes.values():
            if same[0].path.name == name:
                for file in same:
                    gone = rows.refusal(file.ordinal, file.sha256, Reason.FILE_MISSING, now)
                    self.documents.append(gone)

    def _say_progress(self) -> None:
        is_last = len(self.documents) == self._total
        if is_last or time.monotonic() - self._told_at > PROGRESS_EVERY_S:
            self._told_at = time.monotonic()
            ended = Counter(str(row["outcome"]) for row in self.documents)
            said = ", ".join(f"{ended[outcome]} {outcome}" for outcome in Outcome if ended[outcome])
            self._tell(f"{len(self.documents)} of {self._total} files: {said}")


def _is_secret(same: Sequence[DeliveredFile]) -> bool:
    """Say whether one of the files with these bytes is declared a secret."""
    return any(is_declared_secret(one.secrecy or "") for one in same)
