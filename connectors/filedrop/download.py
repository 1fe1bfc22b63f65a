"""One file brought over SFTP: in pieces of constant size, gone on with where it was cut off."""

import hashlib
import os
import stat as stats
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import paramiko

PIECE = 1 << 15  # what every server gives in one answer
WINDOW = 64 * PIECE  # what is asked for together, and all that is in memory


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
    def size(self) -> int:
        """Its size."""
        return int(self.seen.st_size or 0)

    @property
    def modified(self) -> int:
        """When it was last written, by the server's clock."""
        return int(self.seen.st_mtime or 0)

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
        return target.with_name(f".{version.hexdigest()[:24]}.part")


def fetch(sftp: paramiko.SFTPClient, remote: Remote, target: Path) -> bool:
    """Bring a file to ``target``, whole or not at all; say whether it stayed the same meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = remote.part_beside(target)
    with sftp.open(remote.path, "rb") as source, part.open("ab") as copy:
        if copy.tell() > remote.size:
            copy.truncate(0)
        for piece in _pieces(source, copy.tell(), remote.size):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    now = sftp.lstat(remote.path)
    is_same = (now.st_size, now.st_mtime) == (remote.seen.st_size, remote.seen.st_mtime)
    if not is_same or not stats.S_ISREG(now.st_mode or 0) or part.stat().st_size != remote.size:
        part.unlink()
        return False
    os.utime(part, (remote.modified, remote.modified))
    part.replace(target)
    return True


def _pieces(source: paramiko.SFTPFile, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from ``start`` on; one window of questions is under way at a time."""
    for window in range(start, end, WINDOW):
        until = min(window + WINDOW, end)
        asked = [(at, min(PIECE, until - at)) for at in range(window, until, PIECE)]
        yield from source.readv(asked)
