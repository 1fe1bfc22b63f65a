"""Fields that the rules did not find, asked of a model where a setting names one.

Only documents that may be used are asked about, and none that any delivery holds for a secret. An
endpoint that is silent costs its answers and nothing else; how often it was is counted.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ocr_assets.thresholds import Thresholds
from orchestration.defs.digitization import rows
from orchestration.defs.digitization.batch import Batch
from orchestration.resources import Database
from warehouse.packages.dossier import secrets_among
from warehouse.store import Store

if TYPE_CHECKING:
    from ocr_assets.ask.completing import Completion
    from ocr_assets.ask.remote_fields import RemoteFields

_TRIES = 3  # silences in a row; the rest of the run goes without


def ask_for_fields(
    batch: Batch, reader: "RemoteFields | None", database: Database, store: Store
) -> dict[str, int]:
    """Complete the batch's fields; return counts for its metadata, none where nobody is asked."""
    if reader is None:
        return {}
    desk = _Desk(reader, store, database.agency_names(), batch.thresholds)
    readings = {
        str(row["file_sha256"]): str(row["reading_sha256"])
        for row in batch.documents
        if row["outcome"] in rows.USABLE and row.get("reading_sha256")
    }
    with database.connected() as connection:
        secrets = secrets_among(connection, sorted(readings))
    for sha256 in sorted(readings.keys() - secrets):
        own = [row for row in batch.fields if row["file_sha256"] == sha256]
        if any(row["method"] == desk.method for row in own):
            continue  # an earlier batch brought the same bytes, and the same model was asked
        found = desk.ask(readings[sha256])
        if found is not None and found.taken:
            batch.fields[:] = [row for row in batch.fields if row["file_sha256"] != sha256]
            for document in batch.documents:
                if document["file_sha256"] == sha256:
                    ordinal = document["file_ordinal"]
                    batch.fields += rows.fields_found(ordinal, sha256, found.fields)
    return {f"field reader: {what}": count for what, count in sorted(desk.counts.items())}


class _Desk:
    """One reader, asked document by document until it has been silent too often."""

    def __init__(
        self,
        reader: "RemoteFields",
        store: Store,
        agencies: Sequence[str],
        thresholds: Thresholds,
    ) -> None:
        from ocr_assets.ask.completing import METHOD  # noqa: PLC0415 - loads the rules

        self._reader, self._store, self._agencies = reader, store, agencies
        self._thresholds = thresholds
        self._silences = 0
        self.method = METHOD + reader.model
        self.counts: Counter[str] = Counter()

    def ask(self, reading_sha256: str) -> "Completion | None":
        """Return the fields of a kept reading, completed; None where no answer came."""
        from ocr_assets.ask.completing import completed  # noqa: PLC0415
        from ocr_assets.errors import FieldsSilent  # noqa: PLC0415
        from ocr_assets.extract import describe  # noqa: PLC0415
        from ocr_assets.kept import kept_reading  # noqa: PLC0415

        if self._silences >= _TRIES:
            self.counts["documents not asked about, it was silent"] += 1
            return None
        with self._store.open(reading_sha256) as kept:
            readings, _ = kept_reading(kept.read())
        try:
            told = describe(readings, self._agencies, self._thresholds)
            found = completed(readings, told, self._reader)
        except FieldsSilent:
            self._silences += 1
            self.counts["documents it was silent about"] += 1
            return None
        self._silences = 0
        self.counts["answers taken for review"] += found.taken
        self.counts["answers not in the text"] += found.unfounded
        return found
