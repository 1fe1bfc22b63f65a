"""One row on its way from a registry to the warehouse, and the receipt for one that cannot go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Record(Mapping[str, Any]):
    """A row named by its key: a mapping of columns that never prints what it holds."""

    key: str
    payload: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.payload[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.payload)

    def __len__(self) -> int:
        return len(self.payload)

    def __repr__(self) -> str:
        """Show that there is a record, and nothing of the person in it."""
        return "Record(…)"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A delivered item that cannot become a row: where it stood and why, without its values."""

    ordinal: int
    reason: str
