"""Which server process, if any, serves a data directory: found out from the system, never guessed.

A process id alone proves nothing, for ids come back; a process is ours only if it is a PostgreSQL
server whose command line names our data directory.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from warehouse.errors import ForeignLock, ServerNotReady, ServerNotStopped

PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Lock:
    """What ``postmaster.pid`` says."""

    pid: int
    port: int
    status: str


def read_lock(data: Path) -> Lock | None:
    """Return what the lock file says, or nothing if there is none or it is half written."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 4:
        return None
    status = lines[7].strip() if len(lines) > 7 else "starting"
    return Lock(pid=int(lines[0]), port=int(lines[3]), status=status)


def serving(data: Path) -> Lock | None:
    """Return the lock of the live server of ``data``; a stale or foreign lock counts as none."""
    lock = read_lock(data)
    if lock is None:
        return None
    try:
        command = psutil.Process(lock.pid).cmdline()
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied as error:
        raise ForeignLock(
            f"process {lock.pid} holds the lock of {data} and belongs to another user: "
            "ask that user to stop it, or choose another KHO_HOME."
        ) from error
    return lock if _is_server_of(command, data) else None


def wait_until_ready(data: Path, seconds: float, *, answers: Callable[[int], bool]) -> bool:
    """Wait for the server of ``data``; return whether there is one that answers on its port.

    Having a lock that says "ready" is not enough: a killed server has one for a moment more.
    """
    until = time.monotonic() + seconds
    while (lock := serving(data)) is not None:
        if lock.status == "ready" and answers(lock.port):
            return True
        if time.monotonic() > until:
            raise ServerNotReady(
                f"PostgreSQL (process {lock.pid}) does not answer after {seconds:.0f} s, perhaps "
                "recovering: wait and start again; server.log says how far it is."
            )
        time.sleep(PAUSE)
    return False


def clear_stale_lock(data: Path, seconds: float = 15) -> None:
    """Remove the lock of a server that is gone, once its orphaned children are gone too."""
    if not _gone(data, seconds):
        for orphan in members(data):
            _signal(orphan.pid, signal.SIGQUIT)
        if not _gone(data, seconds):
            raise ServerNotReady(
                f"children of a killed server still use {data}: end them by hand, then start again."
            )
    (data / "postmaster.pid").unlink(missing_ok=True)


def stop(data: Path, seconds: float) -> None:
    """Stop the server of ``data``: at once for its clients, hard only if that does not help."""
    lock = serving(data)
    if lock is None:
        return
    for how in (signal.SIGINT, signal.SIGQUIT):
        _signal(lock.pid, how)
        if _gone(data, seconds):
            return
    raise ServerNotStopped(
        f"PostgreSQL (process {lock.pid}) did not stop within {2 * seconds:.0f} s: look at "
        "server.log, then end that process by hand."
    )


def members(data: Path) -> Iterator[psutil.Process]:
    """Yield every process of the server of ``data``; all of them work inside that directory."""
    inside = data.resolve()
    for process in psutil.process_iter(["name"]):
        if not (process.info["name"] or "").startswith("postgres"):
            continue
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if Path(process.cwd()) == inside and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def _is_server_of(command: list[str], data: Path) -> bool:
    if not command or Path(command[0]).name != "postgres" or "-D" not in command[:-1]:
        return False
    return Path(command[command.index("-D") + 1]).resolve() == data.resolve()


def _gone(data: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while next(members(data), None) is not None:
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    return True


def _signal(pid: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)
