"""What is known of delivered files: the table that says what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from warehouse.tables.filedrop import FILES

NAMES = ("file_sha256", "size_bytes", "modified_at", "state", "reason_code", "mapping_version")


@dataclass(frozen=True, slots=True)
class Known:
    """The latest word on one register."""

    sha256: str
    size_bytes: int
    modified_at: datetime
    state: str
    reason_code: str | None
    mapping_version: str

    def is_as_seen(self, size_bytes: int, modified_at: datetime) -> bool:
        """Say whether the folder shows the file as it was when this was written down."""
        return (self.size_bytes, self.modified_at) == (size_bytes, modified_at)


class Shelf:
    """The registers that were delivered so far, as one look at the table found them."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is known; small beside what the files hold."""
        columns = (FILES.c[name] for name in (*NAMES, "register_id", "agency_code"))
        asked = sa.select(*columns).order_by(FILES.c["_extracted_at"], FILES.c["_batch_id"])
        self._latest: dict[str, Known] = {}
        self._landed: dict[str, Known] = {}
        self._agency: dict[str, str] = {}
        for row in connection.execute(asked).mappings():
            known = Known(*(row[name] for name in NAMES))
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

    def is_left_over(self, register_id: str) -> bool:
        """Say whether a file that was another's equal is no longer: that one was corrected."""
        known = self._latest.get(register_id)
        if known is None or known.state != "same":
            return False
        return self.same(register_id, self._agency[register_id], known.sha256) is None

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


def report_on(connection: sa.Connection, register_id: str, sha256: str) -> Mapping[str, Any] | None:
    """Return what was told of one version of a register."""
    asked = sa.select(FILES.c.report).where(
        FILES.c.register_id == register_id, FILES.c.file_sha256 == sha256
    )
    return connection.execute(asked).scalar()
