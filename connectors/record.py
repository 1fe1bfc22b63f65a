"""One row on its way from a registry to the warehouse, and the receipt for one that cannot go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Record(dict[str, Any]):
    """A row named by its key: columns and values that never print.

    A dictionary, not something that behaves like one: a landing reads a dozen columns of a million.
    """

    __slots__ = ("key",)

    def __init__(self, key: str, payload: Mapping[str, Any]) -> None:
        """Hold the columns of ``payload`` under ``key``."""
        super().__init__(payload)
        self.key = key

    def __repr__(self) -> str:
        """Show that there is a record, and nothing of the person in it."""
        return "Record(…)"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A delivered item that cannot become a row: where it stood and why, without its values."""

    ordinal: int
    reason: str
