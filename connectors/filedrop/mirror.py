"""Registers fetched over SFTP: what the server has and nobody has taken yet, and no longer.

Nothing is changed there. Here a file waits until it was taken; what stays is a list of registers
by the digest of their names, which says what the server has newer than the drop folder.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import paramiko

from connectors.errors import ContractBroken
from connectors.filedrop.download import PART, Remote, fetch, on_our_disk
from connectors.filedrop.folder import CHECKSUM, DONE, SETTLED_S
from connectors.filedrop.listing import Listing, Offered
from connectors.filedrop.sftp import SftpAccess, connected, is_broken

LIST = ".server.json"
MOST_WAITING = 8 << 30  # bytes; what the server has beyond that is fetched by a later look
IsKnown = Callable[[Remote], bool]


@dataclass(slots=True)
class Mirrored:
    """What a look at the server brought, in numbers."""

    fetched: int = 0
    known: int = 0
    under_way: int = 0
    waiting: int = 0  # until those before them were taken
    refused: int = 0  # links, names that lead elsewhere, what is no file or larger than any
    unlisted: int = 0  # folders that are closed to us, or hold a name that is not in UTF-8
    unreadable: int = 0  # files that the server lists and does not give


@dataclass(slots=True)
class _Look:
    """One look at the server: where to, and what it has found so far."""

    sftp: paramiko.SFTPClient
    into: Path
    is_known: IsKnown
    settled_s: float
    room_left: int  # bytes
    done: Mirrored = field(default_factory=Mirrored)
    before: Mapping[str, datetime] = field(default_factory=dict)  # what the last look listed
    newest: dict[str, datetime] = field(default_factory=dict)
    growing: set[Path] = field(default_factory=set)

    def take(self, offered: Offered) -> None:
        """Fetch a file unless it is known, here already, or not whole yet."""
        file, target = offered.file, self.into.joinpath(*offered.file.parts)
        if not offered.is_said and time.time() - file.modified < self.settled_s:
            self.done.under_way += 1
            self._note(file, self.before.get(file.register_id))  # until it is whole
            return
        self._note(file, file.modified_at)
        if self.is_known(file):
            self.done.known += 1
            return
        self.growing.add(file.part_beside(target))
        if file.size > self.room_left:
            self.done.waiting += 1
            return
        self.room_left -= file.size
        self._bring(offered, target)

    def _note(self, file: Remote, at: datetime | None) -> None:
        if at is not None:
            self.newest[file.register_id] = max(at, self.newest.get(file.register_id, at))

    def _bring(self, offered: Offered, target: Path) -> None:
        """Fetch a file behind its checksum; one that is refused keeps out no other."""
        beside = target.with_name(target.name + CHECKSUM)
        try:
            if offered.checksum and not offered.checksum.is_at(beside):
                fetch(self.sftp, offered.checksum, beside)
            if offered.file.is_at(target):
                self.done.known += 1
            elif fetch(self.sftp, offered.file, target):
                self.done.fetched += 1
            else:
                self.done.under_way += 1  # it changed while it was read
        except FileNotFoundError:
            self.done.under_way += 1  # it went away
        except (OSError, EOFError) as error:
            if is_broken(self.sftp, error):
                raise
            self.done.unreadable += 1


def mirror(
    access: SftpAccess,
    into: Path,
    *,
    is_known: IsKnown = lambda _: False,
    settled_s: float = SETTLED_S,
    most_waiting: int = MOST_WAITING,
) -> Mirrored:
    """Bring every whole file of the server's folder that is not known to ``into``.

    A file that was cut off is gone on with where it ended.

    Raises:
        ConnectorError: the server is not reached; ``connected`` says how.
        MirrorUnwritable: our own disk refused.
        ContractBroken: folders could not be listed, or files not read; all others are there.
    """
    with on_our_disk():
        into.mkdir(parents=True, exist_ok=True)
        into.chmod(0o700)  # registers name people
    with connected(access) as sftp:
        look = _Look(sftp, into, is_known, settled_s, most_waiting, before=on_server(into))
        listing = Listing(sftp, PurePosixPath(access.folder))
        for offered in listing:
            look.take(offered)
    done, passed = look.done, listing.passed
    done.under_way += passed.under_way
    done.refused, done.unlisted = passed.refused, passed.unlisted
    with on_our_disk():
        _write_down(look, is_whole=not done.unlisted)
    if done.unlisted or done.unreadable:
        raise ContractBroken(
            f"of the drop server {done.unlisted} folders cannot be listed (closed to us, or with a"
            f" name that is not in UTF-8) and {done.unreadable} files cannot be read: ask their"
            " owner to look at names and rights. All others were fetched."
        )
    return done


def _write_down(look: _Look, *, is_whole: bool) -> None:
    """Keep what the server has, and remove halves of versions that it has no longer."""
    listed = look.newest if is_whole else {**look.before, **look.newest}
    half = look.into / f"{LIST}{PART}"
    half.write_text(json.dumps({name: at.timestamp() for name, at in listed.items()}))
    half.replace(look.into / LIST)
    for part in look.into.rglob(f".*{PART}"):
        if is_whole and part not in look.growing:
            part.unlink()


def on_server(into: Path) -> dict[str, datetime]:
    """Return which registers the server had when it was last asked, and of when they were."""
    try:
        written = json.loads((into / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: datetime.fromtimestamp(at, UTC) for name, at in written.items()}


def let_go(into: Path, taken: Path) -> None:
    """Remove a file that was taken, its checksum, and folders that are empty now."""
    if not taken.is_relative_to(into):
        return
    with on_our_disk():
        for name in (taken.name, taken.name + CHECKSUM, taken.name + DONE):
            taken.with_name(name).unlink(missing_ok=True)
        for folder in taken.relative_to(into).parents:
            with suppress(OSError):  # others lie there
                if folder.parts:
                    into.joinpath(folder).rmdir()
