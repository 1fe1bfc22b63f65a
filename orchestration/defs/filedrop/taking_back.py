"""A register that turns out to list state secrets: whatever it brought before is taken back."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.report import Delivered, refusal_of
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.filedrop.rows import emptied, fate
from orchestration.defs.filedrop.shelf import LANDED, REFUSED, Known, Shelf
from warehouse.errors import ContentDiffers, NotStored
from warehouse.loading import Bundle, Warehouse
from warehouse.quarantine import Quarantine, Sealed, size_class
from warehouse.store import Store


@dataclass(frozen=True, slots=True)
class Recall:
    """Takes back rows, bytes, names and pages; of each version its digest and size stay.

    It can be done again from any point at which it was killed: the rows that say where to look go
    last.
    """

    warehouse: Warehouse
    store: Store
    quarantine: Quarantine | None
    shelf: Shelf
    pages: Pages
    enter: Callable[[Mapping[str, Any]], None]  # into ledger.quarantine

    def of(self, register_id: str, sha256: str, until: datetime | None = None) -> Counter[str]:
        """Take back earlier versions of a register, and these bytes whoever brought them.

        Its own rows and the row of this version are left to who writes down that it is refused.
        """
        told = Counter({"registers taken back": int(self.shelf.landed(register_id) is not None)})
        others = [one for one in self.shelf.holders(sha256) if one[0] != register_id]
        for known in self.shelf.versions(register_id):
            if until and known.extracted_at > until:
                continue
            if known.sha256 == sha256 or not self._is_of_another(register_id, known.sha256):
                told += self._put_away(register_id, known)
            if known.sha256 != sha256:
                self._forget(register_id, known)
        for other, known in others:
            told += self._put_away(other, known)
            told["registers taken back"] += self._forget(other, known)
        return told

    def settle(self) -> Counter[str]:
        """Take back what is left of secrets that were refused before, also where the file is gone.

        That is what a run that was killed leaves, and runs of the time when nothing was taken back.
        """
        told: Counter[str] = Counter()
        for register_id, secret in list(self.shelf.unsettled()):
            is_latest = self.shelf.landed(register_id) is None
            told += self.of(register_id, secret.sha256, secret.extracted_at)
            told["registers taken back"] += is_latest
            self._write(register_id, secret, *(emptied(register_id) if is_latest else ()))
        return told

    def _is_of_another(self, register_id: str, sha256: str) -> bool:
        """Say whether bytes landed as another register, too, which is nobody's secret."""
        held = self.shelf.holders(sha256)
        return any(other != register_id and known.state == LANDED for other, known in held)

    def _put_away(self, register_id: str, known: Known) -> Counter[str]:
        """Take bytes out of the store; sealed for their custodian first, if there is one."""
        if not self.store.has(known.sha256):
            return Counter()
        sealed = self._sealed(known.sha256)
        versions = [one.sha256 for one in self.shelf.versions(register_id)]
        self.enter(
            {
                "batch_id": register_id,
                "file_ordinal": versions.index(known.sha256) + 1,
                "agency_code": self.shelf.agency(register_id) or None,
                "found_by": "declared",
                "is_kept": sealed is not None,
                "sealed_name": sealed.name if sealed else None,
                "sealed_sha256": sealed.sha256 if sealed else None,
                "size_class": size_class(known.size_bytes),
            }
        )
        self.store.withdraw(known.sha256)
        return Counter({"secrets sealed" if sealed else "secrets not kept": 1})

    def _sealed(self, sha256: str) -> Sealed | None:
        """Seal what the store has; a copy that is damaged is nothing a custodian could use."""
        if self.quarantine is None:
            return None
        try:
            with self._at_hand(sha256) as file:
                return self.quarantine.seal(file, sha256=sha256)
        except ContentDiffers:
            return None

    @contextmanager
    def _at_hand(self, sha256: str) -> Iterator[Path]:
        """Give a stored file where it lies; only of a store elsewhere a copy is made."""
        try:
            here = self.store.path(sha256)
        except NotStored:
            with tempfile.TemporaryDirectory(prefix="kho-") as scratch:
                yield self.store.fetch(sha256, Path(scratch, "file"))
        else:
            yield here

    def _forget(self, register_id: str, known: Known) -> bool:
        """Leave of a version its digest and that it was refused; say whether its rows went, too.

        The row keeps its time: it is no later word than those after it.
        """
        if known.is_secret:
            return False  # said before
        landed = self.shelf.landed(register_id)
        is_there = landed is not None and landed.sha256 == known.sha256
        self._write(register_id, known, *(emptied(register_id) if is_there else ()))
        return is_there

    def _write(self, register_id: str, known: Known, *also: Bundle) -> None:
        """Write over the row of a version: refused, and without the name of its file."""
        agency = self.shelf.agency(register_id)
        secret = replace(
            known, state=REFUSED, reason_code=str(Refusal.STATE_SECRET), is_named=False
        )
        file = Delivered("", known.sha256, known.size_bytes, agency)
        report = refusal_of(file, FileRefused(Refusal.STATE_SECRET))
        self.pages.remove(agency, known.sha256)
        self.warehouse.land_together(
            *also,
            fate(register_id, agency, secret, report),
            extracted_at=known.extracted_at,
        )
        self.shelf.correct(register_id, secret)
