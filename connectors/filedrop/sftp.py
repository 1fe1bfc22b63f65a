"""Registers fetched over SFTP: the server's folder mirrored here, nothing changed there.

The server must be known by its key before the first call. No agent, no key of the account that
runs us, no configuration of its own is looked at.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import paramiko
from paramiko.ssh_exception import BadHostKeyException

from connectors.errors import (
    ConnectorError,
    ContractBroken,
    RegistryRefused,
    RegistryUnavailable,
)
from connectors.filedrop.download import Remote, fetch
from connectors.filedrop.folder import CHECKSUM, DONE, SETTLED_S, is_passing

DEEPEST, MOST_FILES = 8, 100_000
MOST_BYTES = 1 << 30  # four times what is taken: less than this is fetched, and its sender told
REJECTED_NAMES = {".", "..", ""}


class HostKeyUnknown(ConnectorError):
    """The server is not the one whose key is known; nobody was told our password."""


@dataclass(frozen=True, slots=True)
class SftpAccess:
    """How the drop server is reached, and by what it is known."""

    host: str
    user: str
    known_hosts: Path
    port: int = 22
    folder: str = "/"
    key: Path | None = None
    secret: str | None = field(default=None, repr=False)
    connect_s: float = 20.0
    answer_s: float = 60.0


@dataclass(slots=True)
class Mirrored:
    """What a look at the server brought, in numbers."""

    fetched: int = 0
    known: int = 0
    under_way: int = 0
    refused: int = 0  # links, names that lead elsewhere, what is no file or larger than any
    unlisted: int = 0  # folders with a name that is not in UTF-8


def mirror(access: SftpAccess, into: Path, *, settled_s: float = SETTLED_S) -> Mirrored:
    """Bring every whole file of the server's folder to ``into``; what is there stays.

    A file that was cut off is gone on with where it ended.

    Raises:
        HostKeyUnknown: the server shows a key that is not in ``known_hosts``.
        RegistryRefused: it does not let us in, or not into the folder.
        RegistryUnavailable: it does not answer, or broke off; asking again may help.
        ContractBroken: folders could not be listed; what the others hold is there.
    """
    into.mkdir(parents=True, exist_ok=True)
    into.chmod(0o700)  # registers name people
    done = Mirrored()
    with _answering(access), _connected(access) as sftp:
        for remote, is_said in _files(sftp, PurePosixPath(access.folder), done):
            target = into.joinpath(*remote.parts)
            if remote.is_at(target):
                done.known += 1
            elif not is_said and time.time() - remote.modified < settled_s:
                done.under_way += 1
            elif fetch(sftp, remote, target):
                done.fetched += 1
            else:
                done.under_way += 1  # it changed while it was read
    if done.unlisted:
        raise ContractBroken(
            f"{done.unlisted} folders of the drop server hold a name that is not in UTF-8, and"
            " cannot be listed: ask their owner to rename it. The other folders were fetched."
        )
    return done


@contextmanager
def _connected(access: SftpAccess) -> Iterator[paramiko.SFTPClient]:
    client = paramiko.SSHClient()
    try:
        client.load_host_keys(str(access.known_hosts))
    except OSError:
        raise ContractBroken(
            "the file of known host keys of the drop server is not there"
        ) from None
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    try:
        client.connect(
            access.host,
            access.port,
            access.user,
            password=None if access.key else access.secret,
            key_filename=str(access.key) if access.key else None,
            passphrase=access.secret if access.key else None,
            timeout=access.connect_s,
            banner_timeout=access.connect_s,
            auth_timeout=access.connect_s,
            allow_agent=False,
            look_for_keys=False,
        )
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(access.answer_s)
        yield sftp
    finally:
        client.close()


@contextmanager
def _answering(access: SftpAccess) -> Iterator[None]:
    """Say what went wrong by what to do about it; paths and names stay out of the message."""
    try:
        yield
    except ConnectorError:
        raise
    except (paramiko.SSHException, OSError, EOFError) as error:
        failure = _named(error, f"the drop server {access.host}:{access.port}")
    else:
        return
    raise failure


def _named(error: Exception, where: str) -> ConnectorError:
    """Return what an answer of the server, or none, means."""
    if isinstance(error, BadHostKeyException):
        return HostKeyUnknown(
            f"{where} shows another key than the known one: ask its owner whether it was changed"
        )
    if isinstance(error, paramiko.SSHException) and "not found in known_hosts" in str(error):
        return HostKeyUnknown(
            f"the key of {where} is not known: write it into KHO_SFTP_KNOWN_HOSTS as its owner"
            " tells it"
        )
    answers: dict[type[Exception], str] = {
        paramiko.AuthenticationException: "does not let us in: look at user, key and password",
        PermissionError: "does not let us into its folder",
        FileNotFoundError: "has no such folder, or our key is not where the settings say",
    }
    for kind, meaning in answers.items():
        if isinstance(error, kind):
            return RegistryRefused(f"{where} {meaning}")
    return RegistryUnavailable(f"{where} does not answer, or broke off ({type(error).__name__})")


def _files(
    sftp: paramiko.SFTPClient, folder: PurePosixPath, done: Mirrored
) -> Iterator[tuple[Remote, bool]]:
    """Yield the files below ``folder`` and whether it is said that they are whole."""
    waiting: list[tuple[str, ...]] = [()]
    seen = 0
    while waiting:
        parts = waiting.pop()
        entries = _listed(sftp, folder.joinpath(*parts), done)
        said = {entry.filename for entry in entries if entry.filename.endswith((DONE, CHECKSUM))}
        for entry in entries:
            seen += 1
            if seen > MOST_FILES:
                raise ContractBroken(f"the drop server holds more than {MOST_FILES} entries")
            kind = entry.st_mode or 0
            if not _is_safe(entry.filename) or len(parts) >= DEEPEST:
                done.refused += 1
            elif is_passing(entry.filename):
                done.under_way += 1
            elif stat.S_ISDIR(kind):
                waiting.append((*parts, entry.filename))
            elif stat.S_ISREG(kind) and (entry.st_size or 0) <= MOST_BYTES:
                remote = Remote(folder, (*parts, entry.filename), entry)
                name = entry.filename
                yield remote, name in said or bool({name + DONE, name + CHECKSUM} & said)
            else:
                done.refused += 1  # a link may lead anywhere on the server


def _listed(
    sftp: paramiko.SFTPClient, folder: PurePosixPath, done: Mirrored
) -> list[paramiko.SFTPAttributes]:
    """Return what a folder holds by name; nothing where a name of it is in an old code."""
    try:
        return sorted(sftp.listdir_attr(str(folder)), key=lambda entry: entry.filename)
    except UnicodeDecodeError:
        done.unlisted += 1
        return []


def _is_safe(name: str) -> bool:
    """Say whether a name stays where it is put: one part of a path, and one a disk can hold."""
    is_part = name not in REJECTED_NAMES and not set(name) & set("/\\\0")
    return is_part and len(os.fsencode(name)) <= 240
