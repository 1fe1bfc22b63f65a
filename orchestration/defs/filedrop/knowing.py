"""Whether a delivered file is known, and whether looking again could tell more.

The sensor that asks for runs, the run that takes files, and the look at the server ask here, so
that none of them waits for what another believes to be done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from connectors.filedrop.folder import Arrival
from connectors.filedrop.refusals import Refusal
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.filedrop.shelf import Known, Shelf


@dataclass(frozen=True, slots=True)
class Memory:
    """What became of files so far, seen from the rules by which they would be read now."""

    shelf: Shelf
    version: str  # of forms, mappings and of the code that reads by them
    most_lost: float

    def knows(self, arrival: Arrival) -> bool:
        """Say whether a file lies there as it was when all was said about it."""
        known = self.seen(arrival.register_id, arrival.size_bytes, arrival.modified_at)
        if known and known.reason_code == Refusal.CHECKSUM_DIFFERS:
            return arrival.differs_from_its_checksum(known.sha256)
        if known and known.reason_code == Refusal.UNREADABLE:
            return not arrival.can_be_read()
        return known is not None and self.is_settled(known)

    def unfinished(self, pages: Pages) -> Iterator[tuple[str, Known]]:
        """Yield registers whose page was never written, and secrets that are not all taken back.

        The page is what a run does last for a file: a run that was killed leaves it out.
        """
        yield from self.shelf.unsettled()
        for register_id, known in self.shelf.told():
            if not pages.has(self.shelf.agency(register_id), known.sha256):
                yield register_id, known

    def needs_no(self, register_id: str, size_bytes: int, modified_at: datetime) -> bool:
        """Say whether a file elsewhere need not be fetched; of its checksum nothing is known."""
        known = self.seen(register_id, size_bytes, modified_at)
        return known is not None and self.is_settled(known)

    def seen(self, register_id: str, size_bytes: int, modified_at: datetime) -> Known | None:
        """Return the latest word on a register if it is about this very file, and still holds."""
        known = self.holds(register_id)
        return known if known and known.is_as_seen(size_bytes, modified_at) else None

    def holds(self, register_id: str) -> Known | None:
        """Return the latest word on a register, unless other rules could say otherwise."""
        known = self.shelf.latest(register_id)
        if known is None or self.shelf.is_left_over(register_id):
            return None
        return known if known.mapping_version == self.version else None

    def is_settled(self, known: Known) -> bool:
        """Say whether the same bytes, read again, would be told the same."""
        if known.reason_code == Refusal.ROWS_LOST:
            return self.most_lost < 1
        return known.reason_code not in (Refusal.CHECKSUM_DIFFERS, Refusal.UNREADABLE)
