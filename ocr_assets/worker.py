"""One worker process: the only place where received bytes are parsed.

Imports of engines wait until the limits stand. A scan that brings the process down takes nobody
with it: the parent sees the pipe end and says what became of that file.
"""

import logging
import os
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from ocr_assets.attempt import Attempt
from ocr_assets.bounds import bound_process, bound_scan
from ocr_assets.profile import Profile, Scan

if TYPE_CHECKING:
    from ocr_assets.digitized import Digitized

READY, PAGES, TURN, DONE, BROKEN = "ready", "pages", "turn", "done", "broken"
TRIES = 2  # of a page, each in a worker of its own
_LOOK_SECONDS = 2.0
_ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Order:
    """A scan to digitise: its place in the batch, where to leave scraps, where to put the copy.

    ``falls`` names the page that was in hand each time a worker fell over this scan.
    """

    position: int
    scan: Scan
    scratch: Path
    shelf: Path
    journal: Path
    falls: tuple[int, ...] = ()

    @property
    def given_up(self) -> frozenset[int]:
        """Return the pages that have had their second try."""
        return frozenset(page for page in self.falls if self.falls.count(page) >= TRIES)


def serve(pipe: Connection, profile: Profile) -> None:
    """Digitise what comes through ``pipe``, one scan after the other, until it closes.

    Messages back are pairs: READY once the models are loaded, PAGES when the length of a scan is
    known, TURN with the page in hand (0: none), DONE with what became of it, BROKEN with an error
    that is not the scan's fault.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)  # what libraries say of a document may quote it
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    bound_process(profile.limits)
    from ocr_assets.digitize import load_reader  # noqa: PLC0415 - after the limits
    from ocr_assets.errors import DigitizationError  # noqa: PLC0415

    try:
        load_reader(profile)
        pipe.send((READY, None))
        while True:
            pipe.send((DONE, _digitized(pipe.recv(), profile, pipe)))
    except DigitizationError as error:
        pipe.send((BROKEN, error))
    except (EOFError, BrokenPipeError):
        sys.exit(0)


def _digitized(order: Order, profile: Profile, pipe: Connection) -> "Digitized":
    from ocr_assets.digitize import digitize  # noqa: PLC0415

    def announce(pages: int) -> None:
        bound_scan(profile.limits, pages)
        pipe.send((PAGES, pages))

    tempfile.tempdir = str(order.scratch)
    bound_scan(profile.limits)
    attempt = Attempt(
        order.journal,
        order.given_up,
        announce=announce,
        turn=lambda page: pipe.send((TURN, page)),
    )
    return digitize(order.scan, order.shelf, profile, attempt=attempt)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, in the middle of a page if need be."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(0)
