"""The history of readings: every one that was made of a document, and how two differ."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from warehouse.tables.readings import COMPARISONS, READINGS


class ReadingLedger:
    """What is written down about readings; the same thing is written once, however often told."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read and write through ``connection``, in its transaction."""
        self._connection = connection

    def latest(self, file_sha256: str) -> Mapping[str, Any] | None:
        """Return the latest reading of these bytes that an archive copy was made with."""
        question = (
            sa.select(READINGS)
            .where(READINGS.c.file_sha256 == file_sha256, READINGS.c.archive_sha256.is_not(None))
            .order_by(READINGS.c.entry_id.desc())
            .limit(1)
        )
        found = self._connection.execute(question).mappings().one_or_none()
        return dict(found) if found is not None else None

    def made_by(self, recipe: str, digests: Collection[str]) -> dict[str, str]:
        """Return, by digest of the bytes, the latest reading that was made by this recipe."""
        question = (
            sa.select(READINGS.c.file_sha256, READINGS.c.reading_sha256)
            .where(READINGS.c.recipe_id == recipe, READINGS.c.file_sha256.in_(digests))
            .order_by(READINGS.c.entry_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(question)}

    def note(self, reading: Mapping[str, Any]) -> None:
        """Write down a reading, unless the latest word on these bytes says the same.

        A trial, which no archive copy was made with, is written once.
        """
        names = ("file_sha256", "recipe_id", "reading_sha256")
        if reading.get("archive_sha256") is None:
            is_known = self._is_known(READINGS, reading, names)
        else:
            latest = self.latest(reading["file_sha256"]) or {}
            is_known = all(latest.get(n) == reading[n] for n in (*names, "archive_sha256"))
        if not is_known:
            self._connection.execute(READINGS.insert().values(**reading))

    def compare(self, comparison: Mapping[str, Any]) -> None:
        """Write down how two readings differ, unless that is known."""
        names = ("file_sha256", "old_reading_sha256", "new_reading_sha256", "is_trial")
        if not self._is_known(COMPARISONS, comparison, names):
            self._connection.execute(COMPARISONS.insert().values(**comparison))

    def _is_known(self, table: sa.Table, entry: Mapping[str, Any], names: tuple[str, ...]) -> bool:
        same = [table.c[name] == entry[name] for name in names]
        return bool(self._connection.scalar(sa.select(sa.exists().where(*same))))
