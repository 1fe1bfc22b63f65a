"""The history of readings: each new one is noted, and held against the one it follows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orchestration.resources import Database
from warehouse.reading_ledger import ReadingLedger
from warehouse.store import Store

if TYPE_CHECKING:
    from ocr_assets.comparison import Comparison

Entry = Mapping[str, Any]


def note_readings(
    readings: Sequence[Entry],
    database: Database,
    store: Store,
    batch_id: str,
    *,
    is_trial: bool = False,
) -> None:
    """Write the history of new readings; before rows land, so that a kill in between loses none."""
    agencies = database.agency_names()
    for reading in readings:
        with database.connected() as connection:
            history = History(ReadingLedger(connection), store, batch_id)
            history.note(reading, agencies, is_trial=is_trial)


class History:
    """What is noted about the readings of one batch."""

    def __init__(self, ledger: ReadingLedger, store: Store, batch_id: str) -> None:
        """Note in ``ledger`` what was read for ``batch_id``; the readings lie in ``store``."""
        self._ledger = ledger
        self._store = store
        self._batch_id = batch_id

    def note(self, reading: Entry, agencies: Sequence[str], *, is_trial: bool = False) -> None:
        """Note a reading, and how it differs from the one made by another recipe before it.

        A trial is a reading that no archive copy was made with; none is held against it.
        """
        before = self._ledger.latest(reading["file_sha256"])
        if before is not None and before["recipe_id"] != reading["recipe_id"]:
            self._compare(before, reading, agencies, is_trial=is_trial)
        self._ledger.note(dict(reading) | ({"archive_sha256": None} if is_trial else {}))

    def _compare(
        self, before: Entry, reading: Entry, agencies: Sequence[str], *, is_trial: bool
    ) -> None:
        from ocr_assets.comparison import compare  # noqa: PLC0415 - loads Arrow and the rules

        digests = before["reading_sha256"], reading["reading_sha256"]
        if not all(map(self._store.has, digests)):
            return  # the earlier one was taken out of the store by decision
        old, new = map(self._bytes, digests)
        found = _numbers(compare(old, new, agencies))
        names = {"old_reading_sha256": digests[0], "new_reading_sha256": digests[1]}
        about = {"file_sha256": reading["file_sha256"], "batch_id": self._batch_id}
        self._ledger.compare({**about, **names, **found, "is_trial": is_trial})

    def _bytes(self, sha256: str) -> bytes:
        with self._store.open(sha256) as kept:
            return kept.read()


def _numbers(found: "Comparison") -> dict[str, Any]:
    return {
        "old_recipe_id": found.old.recipe_id,
        "new_recipe_id": found.new.recipe_id,
        "old_reader": found.old.reader,
        "new_reader": found.new.reader,
        "old_word_count": found.old_words,
        "new_word_count": found.new_words,
        "common_word_count": found.common_words,
        "character_distance": found.distance,
        "character_count": found.characters,
        "old_confidence": found.old_confidence,
        "new_confidence": found.new_confidence,
        "changed_fields": list(found.changed_fields),
        "gained_fields": list(found.gained_fields),
        "lost_fields": list(found.lost_fields),
    }
