"""The folder that registers are delivered to: one folder an agency, files that are whole.

Nothing in it is ever changed or removed. An upload is under way while it has a passing name or
was written to a moment ago; a file ``NAME.done`` or ``NAME.sha256`` says at once that it is over.
"""

import hashlib
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from connectors.filedrop.refusals import FileRefused, Refusal

AGENCY = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*", re.ASCII)
UNDER_WAY = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".partial", ".download")
DONE, CHECKSUM = ".done", ".sha256"
LEFT_BEHIND = ("thumbs.db", "desktop.ini")
SETTLED_S = 60.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A whole file that was delivered; its name is data and never an identity."""

    path: Path
    agency: str
    name: str
    size_bytes: int
    modified_at: datetime

    @property
    def register_id(self) -> str:
        """The register it is a version of: the same name in the folder of the same agency."""
        return register_id_of(self.agency, self.name)

    def can_be_read(self) -> bool:
        """Say whether its rights let us in now."""
        try:
            with self.path.open("rb") as file:
                file.read(1)
        except OSError:
            return False
        return True

    def refuse_unless_sound(self, sha256: str) -> None:
        """Return if the file lies in an agency's folder and is what its checksum was made of.

        Raises:
            FileRefused: it does not, or is not.
        """
        if not self.agency:
            raise FileRefused(Refusal.AGENCY_UNKNOWN)
        if self.differs_from_its_checksum(sha256):
            raise FileRefused(Refusal.CHECKSUM_DIFFERS)

    def differs_from_its_checksum(self, sha256: str) -> bool:
        """Say whether a file of checksums lies beside it and was made of other bytes."""
        beside = self.path.with_name(self.path.name + CHECKSUM)
        return beside.is_file() and _said_in(beside) != sha256


def addressed(parts: Sequence[str]) -> tuple[str, str]:
    """Return the agency in whose folder a path below the root lies, or none, and its name."""
    first, *rest = parts
    is_agency = bool(rest) and AGENCY.fullmatch(first)
    name = "/".join(rest) if is_agency else "/".join(parts)
    return first if is_agency else "", os.fsencode(name).decode("utf-8", "replace")


def register_id_of(agency: str, name: str) -> str:
    """Return the register that a file of an agency is a version of, by the digest of its name."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return f"{agency or '-'}:{hashlib.sha256(plain.encode()).hexdigest()[:16]}"


def arrivals(
    root: Path, *, now: float | None = None, settled_s: float = SETTLED_S
) -> list[Arrival]:
    """Return the whole files under ``root``, oldest first; links are not followed."""
    found = (_arrival(root, path, now or time.time(), settled_s) for path in _files(root))
    return sorted((one for one in found if one), key=lambda one: (one.modified_at, one.name))


def _said_in(beside: Path) -> str:
    """Return the digest a file of checksums begins with; some programs write capitals."""
    try:
        with beside.open("rb") as file:
            return file.read(64).decode("ascii", "replace").lower()
    except OSError:
        return ""  # what cannot be read vouches for nothing


def is_passing(name: str) -> bool:
    """Say whether a name is that of an upload under way, or of what programs leave behind."""
    low = name.lower()
    return low.startswith((".", "~$")) or low.endswith(UNDER_WAY) or low in LEFT_BEHIND


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not is_passing(name) and not name.endswith((DONE, CHECKSUM)):
                yield Path(folder, name)


def _arrival(root: Path, path: Path, now: float, settled_s: float) -> Arrival | None:
    try:
        seen = path.lstat()
    except OSError:
        return None  # it went away under our eyes
    if not stat.S_ISREG(seen.st_mode):
        return None
    written = max(seen.st_mtime, seen.st_ctime)
    is_said = any(path.with_name(path.name + end).exists() for end in (DONE, CHECKSUM))
    if not is_said and now - written < settled_s:
        return None
    agency, name = addressed(path.relative_to(root).parts)
    return Arrival(
        path=path,
        agency=agency,
        name=name,
        size_bytes=seen.st_size,
        modified_at=datetime.fromtimestamp(seen.st_mtime, UTC),
    )
