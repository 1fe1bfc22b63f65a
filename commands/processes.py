"""Processes that outlive the command that started them, and how to end exactly those.

A record (pid and the process's own start time) is written before anything waits on it, so that a
pid that was given to somebody else in the meantime is never signalled.
"""

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil


class ProcessStopped(Exception):
    """A process of the stack ended before it was ready; the message names its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """One process that we started: enough to recognise it, find it and end it."""

    name: str
    pid: int
    created: float
    port: int | None

    def process(self) -> psutil.Process | None:
        """Return the living process, or None when it is gone or its pid is somebody else's."""
        try:
            found = psutil.Process(self.pid)
            if abs(found.create_time() - self.created) < 1 and found.status() != "zombie":
                return found
        except psutil.Error:
            pass
        return None


class Records:
    """The processes of one home: records under ``run/``, logs under ``logs/``."""

    def __init__(self, home: Path) -> None:
        """Keep records and logs under ``home``."""
        self._run = home / "run"
        self.logs = home / "logs"
        try:
            for folder in (self._run, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProcessStopped(
                f"cannot write to {home} ({error.strerror}): set KHO_HOME to a folder of yours"
            ) from None

    def find(self, name: str) -> Running | None:
        """Return the recorded process ``name`` if it still lives."""
        try:
            running = Running(**json.loads((self._run / f"{name}.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return running if running.process() else None

    def start(
        self, name: str, command: Sequence[str], env: Mapping[str, str], port: int | None = None
    ) -> Running:
        """Start ``command`` in a session of its own, logging to ``logs/<name>.log``."""
        # Its own session: signals of the terminal do not reach it, and SIGINT keeps its default
        # action (a process started by `&` ignores it, and Dagster then ignores SIGTERM too).
        with (self.logs / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(env),
                start_new_session=True,
            )
        running = Running(name, started.pid, psutil.Process(started.pid).create_time(), port)
        record = self._run / f"{name}.json"
        record.with_suffix(".new").write_text(json.dumps(asdict(running)))
        record.with_suffix(".new").rename(record)
        return running

    def stop(self, name: str, patience: float = 15.0) -> bool:
        """End process ``name`` and its children; tell whether one was running."""
        running = self.find(name)
        process = running.process() if running else None
        if process:
            _end([process, *_children(process)], patience)
        (self._run / f"{name}.json").unlink(missing_ok=True)
        return process is not None

    def wait_until(self, running: Running, ready: Callable[[], bool], seconds: float = 90) -> None:
        """Return when ``ready`` says so.

        Raises:
            ProcessStopped: it ended, or was not ready in time; the log says why.
        """
        log = self.logs / f"{running.name}.log"
        deadline = time.monotonic() + seconds
        while not ready():
            if not running.process():
                raise ProcessStopped(f"{running.name} ended while starting; its last words: {log}")
            if time.monotonic() > deadline:
                raise ProcessStopped(f"{running.name} was not ready in {seconds:.0f} s; see {log}")
            time.sleep(0.2)


def _children(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children(recursive=True)
    return []


def _end(processes: list[psutil.Process], patience: float) -> None:
    """Ask all of ``processes`` to stop, the parent first; kill what has not after ``patience``."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in _living(processes, patience):
        with contextlib.suppress(psutil.Error):
            process.kill()
    _living(processes, 5)


def _living(processes: list[psutil.Process], patience: float) -> list[psutil.Process]:
    """Return those that still live when all have ended or ``patience`` has.

    A zombie has ended: an orphan's may stay for as long as nobody collects it.
    """
    deadline = time.monotonic() + patience
    while (left := [process for process in processes if _lives(process)]) and (
        time.monotonic() < deadline
    ):
        time.sleep(0.05)
    return left


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def program(name: str) -> str:
    """Return the path of a program installed beside the running Python."""
    import sys

    return os.fspath(Path(sys.executable).parent / name)
