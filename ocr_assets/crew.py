"""Workers kept at work on a batch: watched by the clock, replaced when they fall."""

import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path

from ocr_assets.bounds import ENDINGS
from ocr_assets.digitized import Digitized
from ocr_assets.errors import EngineMissing
from ocr_assets.outcome import Reason
from ocr_assets.profile import Profile, Scan
from ocr_assets.unopened import refused
from ocr_assets.worker import BROKEN, DONE, PAGES, READY, TURN, Order
from ocr_assets.worker_process import WorkerProcess

_MOST_FALLS = 6  # over one scan, before it is given up as a whole


class Crew:
    """So many workers, each with its models loaded once."""

    def __init__(self, profile: Profile, workdir: Path, size: int) -> None:
        self._profile = profile
        self._workdir = workdir
        self._size = size
        self._workers: list[WorkerProcess] = []
        self._waiting: list[tuple[int, Scan, tuple[int, ...]]] = []

    def digitize(self, scans: Sequence[tuple[int, Scan]]) -> Iterator[tuple[int, Digitized]]:
        """Yield (position, what became of it) for each of ``scans``, in the order they are done.

        Raises:
            EngineMissing: workers cannot start, because a tool is missing.
        """
        self._waiting = [(position, scan, ()) for position, scan in reversed(scans)]
        try:
            while self._waiting or any(worker.task for worker in self._workers):
                self._fill(len(self._waiting))
                for worker in self._workers:
                    if self._waiting and not worker.is_busy:
                        worker.give(*self._waiting.pop())
                yield from self._news()
        finally:
            for worker in self._workers:
                worker.stop()

    def _fill(self, waiting: int) -> None:
        """Start workers until there are enough for the scans still to do."""
        in_work = sum(worker.task is not None for worker in self._workers)
        while len(self._workers) < min(self._size, in_work + waiting):
            self._workers.append(WorkerProcess(self._profile, self._workdir))

    def _news(self) -> Iterator[tuple[int, Digitized]]:
        """Wait for a word or for the first deadline; yield the scans that came to an end."""
        busy = [worker for worker in self._workers if worker.is_busy]
        patience = min(worker.due for worker in busy) - time.monotonic()
        spoken = wait([worker.pipe for worker in busy], max(0.0, patience))
        for worker in busy:
            if worker.pipe in spoken:
                yield from self._listen(worker)
            elif worker.is_late:
                yield from self._lost(worker, Reason.TIMED_OUT)

    def _listen(self, worker: WorkerProcess) -> Iterator[tuple[int, Digitized]]:
        try:
            word, value = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, Reason.WORKER_DIED)
            return
        if word == READY:
            worker.is_ready = True
        elif word == PAGES:
            worker.allow(value)
        elif word == TURN:
            worker.turn(value)
        elif word == BROKEN:
            raise value
        elif word == DONE and worker.task is not None:
            position = worker.task.position
            worker.put_down()
            yield position, value

    def _lost(self, worker: WorkerProcess, reason: Reason) -> Iterator[tuple[int, Digitized]]:
        """Put away a worker that fell or hangs; its scan is tried again, or has come to its end."""
        self._workers.remove(worker)
        task, page = worker.task, worker.page
        code = worker.stop()
        if task is None:
            raise EngineMissing("a worker process did not start; its error is on the error stream")
        if reason is Reason.WORKER_DIED and code is not None:
            reason = ENDINGS.get(code, reason)
        if _deserves_another_try(task, page, reason):
            self._waiting.append((task.position, task.scan, (*task.falls, page)))
        else:
            yield task.position, refused(task.scan.path, reason)


def _deserves_another_try(task: Order, page: int, reason: Reason) -> bool:
    """Return whether a scan may be handed out again after a worker fell while ``page`` was read.

    A page that does it twice is left out from then on. Outside the pages only a sudden death is
    worth another try: somebody may have killed the worker for reasons of their own.
    """
    if page:
        return len(task.falls) < _MOST_FALLS - 1
    return reason is Reason.WORKER_DIED and 0 not in task.falls
