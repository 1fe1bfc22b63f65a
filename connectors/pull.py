"""One pull: the rows on their way, and afterwards what was found on the way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from connectors.contract import Contract
from connectors.dead_letters import DeadLetters
from connectors.record import Record, Rejected
from connectors.tally import UNKNOWN, Tally

KEPT_REJECTIONS = 1_000


class Pull:
    """Rows of one entity over one span, read while they are landed; nothing is held in memory.

    Iterating asks the registry; iterating again asks again and counts anew. The counts are
    complete once the last row was taken.
    """

    def __init__(
        self,
        contract: Contract,
        pages: Callable[[], Iterable[Iterable[Any]]],
        facts: Callable[[Mapping[str, Any]], Iterable[str]] = lambda _row: (),
    ) -> None:
        """Read ``pages`` by ``contract``; ``facts`` names what is odd about a row that lands."""
        self.contract = contract
        self._pages = pages
        self._facts = facts
        self._count_anew()

    def __iter__(self) -> Iterator[Record]:
        """Yield each item as a typed row, in the order sent; what cannot be a row is set aside."""
        self._count_anew()
        for page in self._pages():
            self.pages += 1
            for item in page:
                record = self._read(item)
                if record is not None:
                    yield record

    def _count_anew(self) -> None:
        self.pages = 0
        self.received = 0
        self.rejected_count = 0
        self.rejected: list[Rejected] = []
        self._dead_letters = DeadLetters()
        self.unknown_fields = Tally()
        self.oddities: Counter[str] = Counter()

    def _read(self, item: Any) -> Record | None:
        self.received += 1
        reading = self.contract.read(item)
        if reading.row is None:
            self._set_aside(reading.reason or "unreadable", item)
            return None
        for name in reading.unknown:
            self.unknown_fields.add(name)
        for oddity in (*reading.misread, *self._facts(reading.row)):
            self.oddities[oddity] += 1
        return Record(reading.row[self.contract.key], reading.row)

    def _set_aside(self, reason: str, item: Any) -> None:
        self.rejected_count += 1
        self._dead_letters.put(self.received, reason, item)
        if len(self.rejected) < KEPT_REJECTIONS:
            self.rejected.append(Rejected(self.received, reason))

    def dead_letters(self) -> Iterator[Mapping[str, Any]]:
        """Yield what was set aside, as sent; complete once the last row was taken."""
        yield from self._dead_letters

    @property
    def counts(self) -> dict[str, int]:
        """Return what a run may report: counts by name, and no value of any row."""
        odd = {f"odd: {name}": count for name, count in sorted(self.oddities.items())}
        drift = {f"{UNKNOWN}{name}": count for name, count in self.unknown_fields.items()}
        whole = {"received": self.received, "rejected": self.rejected_count, "pages": self.pages}
        return whole | odd | drift
