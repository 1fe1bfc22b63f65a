"""What is known of delivered files: the table that says what became of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from warehouse.tables.filedrop import FILES


@dataclass(frozen=True, slots=True)
class Known:
    """The latest word on one register."""

    sha256: str
    size_bytes: int
    modified_at: datetime
    state: str
    reason_code: str | None
    mapping_version: str
    report: Mapping[str, Any]


class Shelf:
    """The registers that were delivered so far, as one look at the table found them."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is known; small beside what the files hold."""
        columns = FILES.c
        asked = sa.select(FILES).order_by(columns["_extracted_at"], columns["_batch_id"])
        self._latest: dict[str, Known] = {}
        self._landed: dict[str, Known] = {}
        self._agency: dict[str, str] = {}
        for row in connection.execute(asked).mappings():
            known = Known(
                row["file_sha256"],
                row["size_bytes"],
                row["modified_at"],
                row["state"],
                row["reason_code"],
                row["mapping_version"],
                row["report"] or {},
            )
            self.enter(row["register_id"], row["agency_code"] or "", known)

    def enter(self, register_id: str, agency: str, known: Known) -> None:
        """Note what has just become of a file."""
        self._latest[register_id] = known
        self._agency[register_id] = agency
        if known.state == "landed":
            self._landed[register_id] = known

    def latest(self, register_id: str) -> Known | None:
        """Return the latest word on a register, whatever it was."""
        return self._latest.get(register_id)

    def landed(self, register_id: str) -> Known | None:
        """Return the version whose rows are there."""
        return self._landed.get(register_id)

    def same(self, register_id: str, agency: str, sha256: str) -> str | None:
        """Return another register of the agency that holds these very bytes now."""
        return next(
            (
                other
                for other, known in self._landed.items()
                if known.sha256 == sha256 and self._agency[other] == agency and other != register_id
            ),
            None,
        )

    def __iter__(self) -> Iterator[str]:
        """Yield every register that was ever delivered."""
        return iter(self._latest)
