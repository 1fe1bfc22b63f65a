"""What the drop server has: its whole tree, bounded, and every name safe to be a file of ours."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import paramiko

from connectors.errors import ContractBroken
from connectors.filedrop.download import Remote
from connectors.filedrop.folder import CHECKSUM, DONE, is_passing
from connectors.filedrop.sftp import is_broken

DEEPEST, MOST_FILES = 8, 100_000
MOST_BYTES = 1 << 30  # four times what is taken: less than this is fetched, and its sender told
REJECTED_NAMES = {".", "..", ""}


@dataclass(frozen=True, slots=True, repr=False)
class Offered:
    """A file of the server, its checksum if there is one, and whether it is said to be whole."""

    file: Remote
    checksum: Remote | None
    is_said: bool


@dataclass(slots=True)
class Passed:
    """What is not offered, in numbers."""

    under_way: int = 0
    refused: int = 0  # links, names that lead elsewhere, what is no file or larger than any
    unlisted: int = 0  # folders that are closed to us, or hold a name that is not in UTF-8


class Listing:
    """The files below a folder of the server; afterwards, what was passed over."""

    def __init__(self, sftp: paramiko.SFTPClient, folder: PurePosixPath) -> None:
        """List what is below ``folder``."""
        self._sftp, self._folder = sftp, folder
        self._seen = 0
        self.passed = Passed()

    def __iter__(self) -> Iterator[Offered]:
        """Yield what is offered, folder by folder.

        Raises:
            ContractBroken: there is more than any city delivers.
        """
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            parts = waiting.pop()
            entries = self._listed(parts)
            for name, entry in entries.items():
                kind = entry.st_mode or 0
                if not _is_safe(name) or len(parts) >= DEEPEST:
                    self.passed.refused += 1
                elif is_passing(name):
                    self.passed.under_way += 1
                elif stat.S_ISDIR(kind):
                    waiting.append((*parts, name))
                elif not stat.S_ISREG(kind) or (entry.st_size or 0) > MOST_BYTES:
                    self.passed.refused += 1  # a link may lead anywhere on the server
                elif not name.endswith((DONE, CHECKSUM)):
                    yield self._offered(parts, entries, name)

    def _offered(
        self, parts: tuple[str, ...], entries: dict[str, paramiko.SFTPAttributes], name: str
    ) -> Offered:
        beside = entries.get(name + CHECKSUM)
        is_file = beside is not None and stat.S_ISREG(beside.st_mode or 0)
        return Offered(
            file=Remote(self._folder, (*parts, name), entries[name]),
            checksum=Remote(self._folder, (*parts, name + CHECKSUM), beside) if is_file else None,
            is_said=is_file or name + DONE in entries,
        )

    def _listed(self, parts: tuple[str, ...]) -> dict[str, paramiko.SFTPAttributes]:
        """Return what a folder holds, by name; nothing where it cannot be listed.

        Taken as the server sends it: a folder without end must not fill the memory first.
        """
        entries: dict[str, paramiko.SFTPAttributes] = {}
        try:
            for entry in self._sftp.listdir_iter(str(self._folder.joinpath(*parts))):
                self._seen += 1
                if self._seen > MOST_FILES:
                    raise ContractBroken(f"the drop server holds more than {MOST_FILES} entries")
                entries[entry.filename] = entry
        except UnicodeDecodeError:
            self.passed.unlisted += 1
            return {}
        except OSError as error:
            if not parts or is_broken(self._sftp, error):
                raise
            self.passed.unlisted += 1
            return {}
        return dict(sorted(entries.items()))


def _is_safe(name: str) -> bool:
    """Say whether a name stays where it is put: one part of a path, and one a disk can hold."""
    is_part = name not in REJECTED_NAMES and not set(name) & set("/\\\0")
    return is_part and len(os.fsencode(name)) <= 240
