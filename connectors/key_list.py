"""All keys a registry holds now, each with the time of its last change."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.contract import Contract
from connectors.errors import ContractBroken
from connectors.kinds import Unreadable, moment, text


@dataclass(frozen=True, slots=True)
class KeyShape:
    """How a registry names the two fields of its list."""

    key: str
    changed_at: str


class KeyList:
    """Keys on their way, as pairs of key and time of last change; nothing is held in memory.

    Read strictly: who is missing from a list counts as withdrawn, so a list that cannot be read
    whole decides nothing.
    """

    def __init__(
        self,
        contract: Contract,
        pages: Callable[[], Iterable[Iterable[Any]]],
        shape: KeyShape,
    ) -> None:
        """Read ``pages`` of the list that belongs to ``contract``."""
        self.contract = contract
        self._pages = pages
        self._shape = shape

    def __iter__(self) -> Iterator[tuple[str, datetime]]:
        """Yield each key and when it was last changed.

        Raises:
            ContractBroken: an item is not a key with its time; where it stands is said.
        """
        ordinal = 0
        for page in self._pages():
            for item in page:
                ordinal += 1
                try:
                    yield self._read(item)
                except Unreadable as oddity:
                    complaint = f"item {ordinal} of the list of keys: {oddity}"
                    raise ContractBroken(f"{self.contract.entity}: {complaint}") from None

    def _read(self, item: Any) -> tuple[str, datetime]:
        if not isinstance(item, dict):
            raise Unreadable("not an object")
        key = text(item.get(self._shape.key))
        if not key:
            raise Unreadable("no key")
        return key, moment(item.get(self._shape.changed_at))
