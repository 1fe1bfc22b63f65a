"""The state secrets of one batch: sealed for their custodian, counted, and no more."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ocr_assets.secrecy import is_declared_secret
from warehouse.quarantine import Quarantine, Sealed, size_class
from warehouse.store import Store
from warehouse.tables.preflight import QUARANTINE

if TYPE_CHECKING:
    from ocr_assets.intake import DeliveredFile


@dataclass(frozen=True, slots=True)
class Secret:
    """The bytes of a state secret, as the files of a batch that hold them."""

    files: tuple["DeliveredFile", ...]

    @property
    def found_by(self) -> str:
        """Return what betrayed it: the manifest, or a stamp on a page."""
        is_declared = any(is_declared_secret(file.secrecy or "") for file in self.files)
        return "declared" if is_declared else "stamp"


def secrets_of(connection: sa.Connection, batch_id: str) -> frozenset[int]:
    """Return the places of the files of a batch that are known to be secrets."""
    asked = sa.select(QUARANTINE.c.file_ordinal).where(QUARANTINE.c.batch_id == batch_id)
    return frozenset(connection.execute(asked).scalars())


class Custody:
    """Hands the secrets of one batch to the quarantine, each once however often it is run."""

    def __init__(self, batch_id: str, quarantine: Quarantine | None, store: Store) -> None:
        """Seal in ``quarantine``; without one nothing is kept. ``store`` must not hold any."""
        self._batch_id = batch_id
        self._quarantine = quarantine
        self._store = store

    def take(
        self, secrets: Sequence[Secret], connection: sa.Connection, tell: Callable[[str], None]
    ) -> dict[str, int]:
        """Seal each of ``secrets``, enter it in the ledger, and return how many ended how."""
        known = self._known(connection)
        for secret in secrets:
            entries = list(self._entries(secret, known))
            if entries:
                connection.execute(sa.insert(QUARANTINE), entries)
        count = sum(len(secret.files) for secret in secrets)
        if secrets:
            tell(self._told(count))
        unsealed = sum(self._store.has(secret.files[0].sha256 or "") for secret in secrets)
        if unsealed:
            tell(
                f"{unsealed} of these secrets lie unsealed in the file store, from a batch in which"
                " nobody knew: docs/administrators.md says what the custodian does"
            )
        is_kept = self._quarantine is not None
        return {
            "secrets sealed": count if is_kept else 0,
            "secrets not kept": 0 if is_kept else count,
            "secrets unsealed in the store": unsealed,
        }

    def _told(self, count: int) -> str:
        if self._quarantine is not None:
            return f"{count} state secrets are sealed for the custodian, nothing else is kept"
        return (
            f"{count} state secrets were counted and not kept; with KHO_CUSTODIAN_KEY set, such"
            " files are sealed for their custodian"
        )

    def _known(self, connection: sa.Connection) -> dict[int, sa.Row]:
        """Return the latest entry of each file of this batch."""
        of_batch = QUARANTINE.c.batch_id == self._batch_id
        asked = sa.select(QUARANTINE).where(of_batch).order_by(QUARANTINE.c.entry_id)
        return {row.file_ordinal: row for row in connection.execute(asked)}

    def _entries(self, secret: Secret, known: dict[int, sa.Row]) -> Iterator[dict[str, Any]]:
        """Yield what is new about a secret: nothing, where an earlier run has said it all."""
        told = [known[file.ordinal] for file in secret.files if file.ordinal in known]
        sealed = self._sealed(secret, told)
        for file in secret.files:
            entry = known.get(file.ordinal)
            if entry is not None and (sealed is None or entry.sealed_name == sealed.name):
                continue
            yield {
                "batch_id": self._batch_id,
                "file_ordinal": file.ordinal,
                "agency_code": file.agency_code,
                "found_by": secret.found_by,
                "is_kept": sealed is not None,
                "sealed_name": sealed.name if sealed else None,
                "sealed_sha256": sealed.sha256 if sealed else None,
                "size_class": size_class(file.size_bytes or 0),
            }

    def _sealed(self, secret: Secret, told: Sequence[sa.Row]) -> Sealed | None:
        if self._quarantine is None:
            return None
        for entry in told:
            if entry.is_kept and self._quarantine.has(entry.sealed_name):
                return Sealed(entry.sealed_name, entry.sealed_sha256, entry.size_class)
        first = secret.files[0]
        return self._quarantine.seal(first.path, sha256=first.sha256 or "")
