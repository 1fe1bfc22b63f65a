"""The work of one batch: what is opened, what is kept, what is said about it."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from ocr_assets.intake import DeliveredFile, Delivery
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.profile import Scan
from ocr_assets.secrecy import is_declared_secret
from orchestration.defs.digitization import rows, signature_rows
from orchestration.defs.digitization.custody import Secret
from orchestration.defs.digitization.declarations import declared_for
from orchestration.defs.digitization.stacks import Stacks
from orchestration.resources import Database, ScanEngines
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
        self.documents: list[rows.Row] = []
        self.pages: list[rows.Row] = []
        self.fields: list[rows.Row] = []
        self.signatures: list[rows.Row] = []
        self.secrets: list[Secret] = []
        self.parts = self._stacks.parts

    def digitize(self, engines: ScanEngines, work: Path, database: Database) -> None:
        """Digitise what was received; bytes that came twice are digitised once.

        Raises:
            dg.Failure: no agency is known; worth another try, for the file may be under way.
        """
        agencies = database.agency_names()
        if not agencies:
            raise dg.Failure(
                "no agency is known, so no issuer could be told: run the job pull_sources, which"
                " reads agencies.csv, and digitise this batch after it"
            )
        self._sort_out()
        shutil.rmtree(work, ignore_errors=True)  # left by a killed run
        work.mkdir(parents=True)
        try:
            for part in self._stacks.cut(engines, work):
                self._same_bytes.setdefault(part.sha256 or "", []).append(part)
            self.documents += self._stacks.refusals
            self._total = len(self.documents) + sum(map(len, self._same_bytes.values()))
            scans = self._scans(database.agency_names_by_code())
            for done in engines.digitize(scans, work, agencies):
                self._keep(done)
                self._say_progress()
            for stack in self._stacks.fit_to_keep():
                self._store.put(stack.path, sha256=stack.sha256)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _sort_out(self) -> None:
        """Note what is not opened; put stacks apart; know the rest by its bytes."""
        for file in self._delivery.files:
            reason = UNOPENED.get(file.received_state)
            if reason is not None:
                now = datetime.now(UTC)
                self.documents.append(rows.refusal(file.ordinal, file.sha256, reason, now))
            elif not self._stacks.takes(file):
                self._same_bytes.setdefault(file.sha256 or "", []).append(file)

    def _scans(self, names: Mapping[str, str]) -> list[Scan]:
        """Return one scan for each distinct content; declared secret once is secret."""
        return [
            Scan(
                same[0].path,
                is_secret=any(is_declared_secret(one.secrecy or "") for one in same),
                declared=declared_for(same, names),
            )
            for same in self._same_bytes.values()
        ]

    def counts(self) -> dict[str, int]:
        """Return how many files ended how, and why."""
        ended = Counter(f"outcome {row['outcome']}" for row in self.documents)
        why = Counter(
            f"reason {row['reason_code']}" for row in self.documents if row["reason_code"]
        )
        return dict(sorted(ended.items())) | dict(sorted(why.items()))

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
        if done.archive:
            done.archive.unlink(missing_ok=True)
        now = datetime.now(UTC)
        for file in same:
            self.documents.append(rows.document(file.ordinal, done, archive_bytes, now))
            self.pages += rows.pages(file.ordinal, done)
            self.fields += rows.fields(file.ordinal, done)
            self.signatures += signature_rows.signatures(file.ordinal, done)

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
