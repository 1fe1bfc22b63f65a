"""What of a register can be seen now: changes are committed late, records vanish and return."""

import bisect
import random
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from typing import Any

HANOI_TIME = timezone(timedelta(hours=7))


class View:
    """The changes that are to be seen, with what is worked out of them once."""

    def __init__(self, changes: list[dict[str, Any]], key: str) -> None:
        """Show ``changes``, oldest first."""
        self.changes = changes
        self._key = key

    @cached_property
    def ordered(self) -> list[dict[str, Any]]:
        """Changes by time and key; at one moment those without a key come first."""
        return sorted(self.changes, key=lambda one: (one["changedAt"], one[self._key] or ""))

    @cached_property
    def keys(self) -> list[dict[str, str]]:
        """The key and last change of every record that is here and not deleted."""
        latest = {change[self._key]: change for change in self.changes if change[self._key]}
        return [
            {self._key: key, "changedAt": change["changedAt"]}
            for key, change in sorted(latest.items())
            if not change.get("deleted")
        ]


class Shelf:
    """One register as the world sees it: some changes not yet, some records no more."""

    def __init__(
        self,
        changes: list[dict[str, Any]],
        key: str,
        *,
        late: float = 0.0,
        seed: int = 1,
        new_field: Mapping[str, Any] | None = None,
    ) -> None:
        """Show ``changes``, oldest first, but for a share of them that is committed ``late``.

        ``new_field`` is what nobody agreed on, sent once the register has drifted.
        """
        self.key = key
        self._seed = seed
        self._all = changes
        self._gone: Collection[str] = ()
        self._new_field = new_field or {}
        self._sent_besides: Mapping[str, Any] = {}
        self.hold_back(late)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """The changes that are to be seen, oldest first."""
        return self._view.changes

    def hold_back(self, share: float) -> None:
        """Show a share of the changes late: not before they are committed."""
        chance = random.Random(self._seed + 17)  # noqa: S311 - rehearsed failures, not secrets
        self._late = {place for place in range(len(self._all)) if chance.random() < share}
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

    def drift(self, *, is_on: bool) -> None:
        """Begin to send the new field, or stop."""
        self._sent_besides = self._new_field if is_on else {}

    def sent(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return ``items`` as they go out."""
        return [{**item, **self._sent_besides} for item in items]

    def span(self, first: date, last: date) -> tuple[int, int]:
        """Return where the changes of the days ``first`` to ``last`` begin and end."""
        return self._at(first), self._at(last + timedelta(days=1))

    def after(
        self, first: date, last: date, place: tuple[str, str], most: int
    ) -> tuple[list[dict[str, Any]], bool]:
        """Return changes of days after a time and key, ``most`` of them, and whether more come.

        A page that others follow ends with a change that has a key: nothing follows another one.
        """
        ordered = self._view.ordered
        begin, end = (
            bisect.bisect_left(ordered, _midnight(day), key=lambda one: one["changedAt"])
            for day in (first, last + timedelta(days=1))
        )
        taken = bisect.bisect_right(
            ordered, place, key=lambda one: (one["changedAt"], one[self.key] or "")
        )
        begin = max(begin, taken)
        until = min(begin + most, end)
        while until < end and not ordered[until - 1][self.key]:
            until += 1
        return ordered[begin:until], until < end

    def keys(self) -> list[dict[str, str]]:
        """Return the key and last change of every record that is here and not deleted."""
        return self._view.keys

    def _show(self) -> None:
        shown = [
            change
            for place, change in enumerate(self._all)
            if place not in self._late and change[self.key] not in self._gone
        ]
        self._view = View(shown, self.key)

    def _at(self, day: date) -> int:
        return bisect.bisect_left(
            self.changes, _midnight(day), key=lambda change: change["changedAt"]
        )


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), HANOI_TIME).isoformat()
