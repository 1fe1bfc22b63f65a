"""One file brought over SFTP: in pieces of constant size, gone on with where it was cut off."""

import errno
import hashlib
import os
import stat as stats
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

import paramiko

from connectors.errors import ConnectorError
from connectors.filedrop.folder import addressed, register_id_of

PIECE = 1 << 15  # what every server gives in one answer
WINDOW = 64 * PIECE  # what is asked for together, and all that is in memory
PART = ".part"


class MirrorUnwritable(ConnectorError):
    """Our own disk does not take what the server gives: an administrator has to look at it."""


@dataclass(frozen=True, slots=True, repr=False)
class Remote:
    """A file of the server as one look found it."""

    folder: PurePosixPath
    parts: tuple[str, ...]
    seen: paramiko.SFTPAttributes

    @property
    def path(self) -> str:
        """Where the server has it."""
        return str(self.folder.joinpath(*self.parts))

    @property
    def register_id(self) -> str:
        """The register it is a version of."""
        return register_id_of(*addressed(self.parts))

    @property
    def size(self) -> int:
        """Its size."""
        return int(self.seen.st_size or 0)

    @property
    def modified(self) -> int:
        """When it was last written, by the server's clock."""
        return int(self.seen.st_mtime or 0)

    @property
    def modified_at(self) -> datetime:
        """When it was last written, as the mirrored file will say."""
        return datetime.fromtimestamp(self.modified, UTC)

    def is_at(self, target: Path) -> bool:
        """Say whether this version was fetched before."""
        try:
            there = target.lstat()
        except OSError:
            return False
        return (there.st_size, int(there.st_mtime)) == (self.size, self.modified)

    def part_beside(self, target: Path) -> Path:
        """Return where it grows: a name for this version alone."""
        version = hashlib.sha256(f"{target.name} {self.size} {self.modified}".encode())
        return target.with_name(f".{version.hexdigest()[:24]}{PART}")


@contextmanager
def on_our_disk() -> Iterator[None]:
    """Tell trouble of our own disk from the server's.

    Raises:
        MirrorUnwritable: this machine refused; no name is in the message.
    """
    try:
        yield
    except OSError as error:
        kind = errno.errorcode.get(error.errno or 0, type(error).__name__)
    else:
        return
    raise MirrorUnwritable(
        f"what the drop server gives cannot be kept here ({kind}): look at room and rights of the"
        " folder drop-sftp"
    )


def fetch(sftp: paramiko.SFTPClient, remote: Remote, target: Path) -> bool:
    """Bring a file to ``target``, whole or not at all; say whether it stayed the same meanwhile."""
    part = remote.part_beside(target)
    with sftp.open(remote.path, "rb") as source, _growing(part, remote.size) as copy:
        for piece in _pieces(source, copy.tell(), remote.size):
            with on_our_disk():
                copy.write(piece)
        with on_our_disk():
            copy.flush()
            os.fsync(copy.fileno())
    now = sftp.lstat(remote.path)
    is_same = (now.st_size, now.st_mtime) == (remote.seen.st_size, remote.seen.st_mtime)
    with on_our_disk():
        if not is_same or not stats.S_ISREG(now.st_mode or 0) or part.stat().st_size != remote.size:
            part.unlink()
            return False
        os.utime(part, (remote.modified, remote.modified))
        part.replace(target)
    return True


@contextmanager
def _growing(part: Path, size: int) -> Iterator[IO[bytes]]:
    """Open what is here of a file to be gone on with; more than all of it is nothing."""
    with on_our_disk():
        part.parent.mkdir(parents=True, exist_ok=True)
        is_too_long = part.exists() and part.stat().st_size > size
        copy = part.open("wb" if is_too_long else "ab")
    try:
        yield copy
    finally:
        with suppress(OSError):  # what could not be written was told where it was written
            copy.close()


def _pieces(source: paramiko.SFTPFile, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from ``start`` on; one window of questions is under way at a time."""
    for window in range(start, end, WINDOW):
        until = min(window + WINDOW, end)
        asked = [(at, min(PIECE, until - at)) for at in range(window, until, PIECE)]
        yield from source.readv(asked)
