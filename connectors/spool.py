"""Small rows that wait until others have landed; beyond a megabyte in an unnamed file."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

IN_MEMORY = 1024 * 1024


class Spool:
    """Rows of JSON, given back in the order they were put in. Nothing of a row is ever shown."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives as long as the pull
            max_size=IN_MEMORY, mode="w+", encoding="ascii"
        )
        self.count = 0

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.count})"

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep ``row``; ASCII escapes let a NUL or half a surrogate pair come back as they were."""
        self._file.write(json.dumps(row) + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Yield each row as it was put in."""
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)
        self._file.seek(0, 2)
