"""Items that cannot become rows, kept as sent until they are landed beside the rows."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

IN_MEMORY = 1024 * 1024


class DeadLetters:
    """Set-aside items with the reason of each; beyond a megabyte they wait in an unnamed file.

    Nothing of an item is ever shown: it goes to its table and nowhere else.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._spool = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives as long as the pull
            max_size=IN_MEMORY, mode="w+", encoding="ascii"
        )
        self.count = 0

    def __repr__(self) -> str:
        return f"DeadLetters({self.count})"

    def put(self, ordinal: int, reason: str, item: Any) -> None:
        """Keep ``item``, which stood at place ``ordinal`` of its pull."""
        # ASCII escapes let a NUL or half a surrogate pair be stored and read again as they were.
        letter = {"item_ordinal": ordinal, "reason": reason, "item": json.dumps(item)}
        self._spool.write(json.dumps(letter) + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Yield each as ``item_ordinal``, ``reason`` and ``item``, the JSON as sent."""
        self._spool.seek(0)
        for line in self._spool:
            yield json.loads(line)
        self._spool.seek(0, 2)
