"""What is known of delivered files: the table that says what became of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from connectors.filedrop.refusals import Refusal
from warehouse.tables.filedrop import FILES

#: All but the report, which is large.
NAMES = (
    *("register_id", "agency_code", "file_name", "file_sha256", "size_bytes", "modified_at"),
    *("state", "reason_code", "mapping_version", "_extracted_at"),
)
UNREAD = ""  # the digest of bytes that nobody could read
LANDED, REFUSED, SAME = "landed", "refused", "same"


@dataclass(frozen=True, slots=True)
class Known:
    """What became of one version of a register."""

    sha256: str
    size_bytes: int
    modified_at: datetime
    state: str
    reason_code: str | None
    mapping_version: str
    extracted_at: datetime
    is_named: bool = False  # whether its row has the name of the file

    @property
    def is_secret(self) -> bool:
        """Say whether it was refused for the state secrets it lists."""
        return self.reason_code == Refusal.STATE_SECRET

    def is_as_seen(self, size_bytes: int, modified_at: datetime) -> bool:
        """Say whether the folder shows the file as it was when this was written down."""
        return (self.size_bytes, self.modified_at) == (size_bytes, modified_at)


class Shelf:
    """The registers that were delivered so far, as one look at the table found them."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is known; small beside what the files hold."""
        columns = (FILES.c[name] for name in NAMES)
        asked = sa.select(*columns).order_by(FILES.c["_extracted_at"], FILES.c["_batch_id"])
        self._latest: dict[str, Known] = {}
        self._landed: dict[str, Known] = {}
        self._agency: dict[str, str] = {}
        self._versions: dict[str, dict[str, Known]] = {}
        for row in connection.execute(asked).mappings():
            self.enter(row["register_id"], row["agency_code"] or "", _known(row))

    def enter(self, register_id: str, agency: str, known: Known) -> None:
        """Note what has just become of a file."""
        self._latest[register_id] = known
        self._agency[register_id] = agency
        versions = self._versions.setdefault(register_id, {})
        versions[known.sha256] = known
        if known.sha256 != UNREAD:
            versions.pop(UNREAD, None)
        if known.state == LANDED:
            self._landed[register_id] = known
        elif known.state == SAME or known.is_secret:  # its own rows are gone
            self._landed.pop(register_id, None)

    def correct(self, register_id: str, known: Known) -> None:
        """Note another word on a version that is known; later versions stay the later ones."""
        self._versions[register_id][known.sha256] = known
        if self._latest[register_id].sha256 == known.sha256:
            self._latest[register_id] = known
        landed = self._landed.get(register_id)
        if landed and landed.sha256 == known.sha256 and known.state != LANDED:
            del self._landed[register_id]

    def agency(self, register_id: str) -> str:
        """Return whose register it is."""
        return self._agency.get(register_id, "")

    def latest(self, register_id: str) -> Known | None:
        """Return the latest word on a register, whatever it was."""
        return self._latest.get(register_id)

    def told(self) -> Iterator[tuple[str, Known]]:
        """Yield every register whose latest version somebody is told about on a page."""
        for register_id, known in self._latest.items():
            if known.state != SAME and known.sha256 != UNREAD:
                yield register_id, known

    def landed(self, register_id: str) -> Known | None:
        """Return the version whose rows are there."""
        return self._landed.get(register_id)

    def versions(self, register_id: str) -> tuple[Known, ...]:
        """Return every version of a register whose bytes were read, the first seen first."""
        versions = self._versions.get(register_id, {}).values()
        return tuple(known for known in versions if known.sha256 != UNREAD)

    def holders(self, sha256: str) -> Iterator[tuple[str, Known]]:
        """Yield every register that these very bytes came as, whatever became of them."""
        for register_id, versions in self._versions.items():
            if sha256 in versions:
                yield register_id, versions[sha256]

    def unsettled(self) -> Iterator[tuple[str, Known]]:
        """Yield secrets whose name is still there, or versions before them as they landed."""
        for register_id, versions in self._versions.items():
            for secret in versions.values():
                if secret.is_secret and (
                    secret.is_named
                    or any(
                        one.extracted_at < secret.extracted_at and not one.is_secret
                        for one in versions.values()
                    )
                ):
                    yield register_id, secret

    def is_left_over(self, register_id: str) -> bool:
        """Say whether a file that was another's equal is no longer: that one was corrected."""
        known = self._latest.get(register_id)
        if known is None or known.state != SAME:
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


def _known(row: sa.RowMapping) -> Known:
    return Known(
        sha256=row["file_sha256"] or UNREAD,
        size_bytes=row["size_bytes"],
        modified_at=row["modified_at"],
        state=row["state"],
        reason_code=row["reason_code"],
        mapping_version=row["mapping_version"],
        extracted_at=row["_extracted_at"],
        is_named=row["file_name"] is not None,
    )


def report_on(connection: sa.Connection, register_id: str, sha256: str) -> Mapping[str, Any] | None:
    """Return what was told of one version of a register."""
    asked = sa.select(FILES.c.report).where(
        FILES.c.register_id == register_id, FILES.c.file_sha256 == sha256
    )
    return connection.execute(asked).scalar()
