"""The folder a run works in: left as it is by a kill, gone once everything has landed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

_REREAD = "reread"


@contextmanager
def at_work(folder: Path, *, reread: bool = False) -> Iterator[Path]:
    """Give ``folder``, with what an earlier run has left in it; remove it when all went well.

    With ``reread`` nothing that was read before the first such run counts.

    Raises:
        dg.Failure: another run is at work there; worth another try.
    """
    if reread and not (folder / _REREAD).exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _hold(lock)
        if reread:
            (folder / _REREAD).touch()
        yield folder
        shutil.rmtree(folder)
    finally:
        os.close(lock)


def _hold(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise dg.Failure(
            "another run is at work on this batch: wait for its end, or end it"
        ) from None
