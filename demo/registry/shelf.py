"""What of a register can be seen now: changes are committed late, records vanish and return."""

import bisect
import random
from collections.abc import Collection
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

HANOI_TIME = timezone(timedelta(hours=7))


class Shelf:
    """One register as the world sees it: some changes not yet, some records no more."""

    def __init__(
        self, changes: list[dict[str, Any]], key: str, *, late: float = 0.0, seed: int = 1
    ) -> None:
        """Show ``changes``, oldest first, but for a share of them that is committed ``late``."""
        chance = random.Random(seed + 17)  # noqa: S311 - rehearsed failures, not secrets
        self.key = key
        self._seed = seed
        self._all = changes
        self._late = {place for place in range(len(changes)) if chance.random() < late}
        self._gone: Collection[str] = ()
        self._show()

    def commit_late(self) -> None:
        """Show the late changes too: at the times they happened, which were asked for long ago."""
        self._late = set()
        self._show()

    def withdraw(self, share: float) -> None:
        """Let a share of the records vanish without a word, the same for the same seed."""
        chance = random.Random(self._seed + 29)  # noqa: S311
        keys = sorted({change[self.key] for change in self._all if change[self.key]})
        self._gone = {key for key in keys if chance.random() < share}
        self._show()

    def span(self, first: date, last: date) -> tuple[int, int]:
        """Return where the changes of the days ``first`` to ``last`` begin and end."""
        return self._at(first), self._at(last + timedelta(days=1))

    def keys(self) -> list[dict[str, str]]:
        """Return the key and last change of every record that is here and not deleted."""
        latest = {change[self.key]: change for change in self.changes if change[self.key]}
        return [
            {self.key: key, "changedAt": change["changedAt"]}
            for key, change in sorted(latest.items())
            if not change.get("deleted")
        ]

    def _show(self) -> None:
        self.changes = [
            change
            for place, change in enumerate(self._all)
            if place not in self._late and change[self.key] not in self._gone
        ]

    def _at(self, day: date) -> int:
        midnight = datetime.combine(day, time(), HANOI_TIME).isoformat()
        return bisect.bisect_left(self.changes, midnight, key=lambda change: change["changedAt"])
