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
from ocr_assets.worker import BROKEN, DONE, PAGES, READY
from ocr_assets.worker_process import WorkerProcess


class Crew:
    """So many workers, each with its models loaded once."""

    def __init__(self, profile: Profile, workdir: Path, size: int) -> None:
        self._profile = profile
        self._workdir = workdir
        self._size = size
        self._workers: list[WorkerProcess] = []

    def digitize(self, scans: Sequence[Scan]) -> Iterator[tuple[int, Digitized]]:
        """Yield (position, what became of it) for each of ``scans``, in the order they are done.

        Raises:
            EngineMissing: workers cannot start, because a tool is missing.
        """
        waiting = list(enumerate(scans))[::-1]
        try:
            while waiting or any(worker.task for worker in self._workers):
                self._fill(len(waiting))
                for worker in self._workers:
                    if waiting and not worker.is_busy:
                        worker.give(*waiting.pop())
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
        patience = min(worker.deadline for worker in busy) - time.monotonic()
        spoken = wait([worker.pipe for worker in busy], max(0.0, patience))
        for worker in busy:
            if worker.pipe in spoken:
                yield from self._listen(worker)
            elif worker.is_late:
                yield self._lost(worker, Reason.TIMED_OUT)

    def _listen(self, worker: WorkerProcess) -> Iterator[tuple[int, Digitized]]:
        try:
            word, value = worker.pipe.recv()
        except (EOFError, OSError):
            yield self._lost(worker, Reason.WORKER_DIED)
            return
        if word == READY:
            worker.is_ready = True
        elif word == PAGES:
            worker.allow(value)
        elif word == BROKEN:
            raise value
        elif word == DONE and worker.task is not None:
            position = worker.task.position
            worker.put_down()
            yield position, value

    def _lost(self, worker: WorkerProcess, reason: Reason) -> tuple[int, Digitized]:
        """Put away a worker that fell or hangs, and say what became of its scan."""
        self._workers.remove(worker)
        task = worker.task
        code = worker.stop()
        if task is None:
            raise EngineMissing("a worker process did not start; its error is on the error stream")
        if reason is Reason.WORKER_DIED and code is not None:
            reason = ENDINGS.get(code, reason)
        return task.position, refused(task.scan.path, reason)
