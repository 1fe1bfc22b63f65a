"""The drop server as it is reached over SFTP, and what its answers mean.

The server must be known by its key before the first call. No agent, no key of the account that
runs us, no configuration of its own is looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import paramiko
from paramiko.ssh_exception import BadHostKeyException

from connectors.errors import (
    ConnectorError,
    ContractBroken,
    RegistryRefused,
    RegistryUnavailable,
)


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


@contextmanager
def connected(access: SftpAccess) -> Iterator[paramiko.SFTPClient]:
    """Give one session with the server; what goes wrong in it is named after what to do.

    Raises:
        HostKeyUnknown: the server shows a key that is not in ``known_hosts``.
        RegistryRefused: it does not let us in, or not into the folder.
        RegistryUnavailable: it does not answer, or broke off; asking again may help.
    """
    with _answering(access), _session(access) as sftp:
        yield sftp


def is_broken(sftp: paramiko.SFTPClient, error: Exception) -> bool:
    """Say whether the session is over, and not only one question refused."""
    channel = sftp.get_channel()
    is_over = channel is None or channel.closed or not channel.get_transport().is_active()
    return is_over or isinstance(error, TimeoutError | ConnectionError | paramiko.SSHException)


@contextmanager
def _session(access: SftpAccess) -> Iterator[paramiko.SFTPClient]:
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
