"""One worker as its parent sees it: a process, the pipe to it, its scan and its deadline."""

import math
import multiprocessing
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

from ocr_assets.bare_environment import bare_environment
from ocr_assets.profile import Profile, Scan
from ocr_assets.worker import Order, serve

_SPAWN = multiprocessing.get_context("spawn")  # a fork of a threaded program may hang
_START_SECONDS = 180.0
SCRATCH = ".worker-"  # begins the names of folders that only a living worker needs
JOURNAL = ".journal"


class WorkerProcess:
    """A started worker; ``task`` is what it works on, ``deadline`` when it must have answered."""

    def __init__(self, profile: Profile, workdir: Path) -> None:
        self._limits = profile.limits
        self._workdir = workdir
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=serve, args=(theirs, profile), daemon=True)
        with bare_environment():
            self.process.start()
        theirs.close()
        self.is_ready = False
        self.task: Order | None = None
        self.page = 0
        self.deadline = time.monotonic() + _START_SECONDS
        self._page_deadline = math.inf

    @property
    def is_busy(self) -> bool:
        """Return whether news is due from this worker."""
        return self.task is not None or not self.is_ready

    @property
    def is_late(self) -> bool:
        """Return whether the deadline has passed without a word."""
        return time.monotonic() >= self.due and not self.pipe.poll()

    @property
    def due(self) -> float:
        """Return when the next word must have come: about the scan, or about the page in hand."""
        return min(self.deadline, self._page_deadline)

    def give(self, position: int, scan: Scan, falls: tuple[int, ...] = ()) -> None:
        """Hand over a scan; if the process has fallen meanwhile, its pipe will say so."""
        self._workdir.mkdir(parents=True, exist_ok=True)
        scratch = Path(mkdtemp(dir=self._workdir, prefix=SCRATCH))
        # a shelf of its own: the same bytes may come twice, and each copy has its own taker
        shelf = self._workdir / f"{position + 1:06d}"
        self.task = Order(position, scan, scratch, shelf, self._workdir / JOURNAL, falls)
        self.turn(0)
        self.deadline = time.monotonic() + self._limits.seconds_to_open
        try:
            self.pipe.send(self.task)
        except OSError:
            self.deadline = time.monotonic()

    def allow(self, pages: int) -> None:
        """Put the deadline off by what so many pages may take."""
        self.deadline += self._limits.seconds_per_page * pages

    def turn(self, page: int) -> None:
        """Note the page in hand (0: none), which has its own time."""
        self.page = page
        patience = self._limits.seconds_per_page if page else math.inf
        self._page_deadline = time.monotonic() + patience

    def put_down(self) -> None:
        """Let go of the finished scan and clear away what it left."""
        if self.task is not None:
            shutil.rmtree(self.task.scratch, ignore_errors=True)
        self.task = None

    def stop(self) -> int | None:
        """Kill the process if it still lives, clear up, and return its exit code."""
        if self.pipe.closed:
            return None
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.pipe.close()
        self.process.close()
        self.put_down()
        return code
