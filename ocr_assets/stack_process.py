"""A stack is cut in a process of its own, within limits: its bytes are as hostile as any scan's."""

import logging
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from ocr_assets.bounds import ENDINGS, bound_process, bound_scan
from ocr_assets.outcome import Reason
from ocr_assets.parts import Stack
from ocr_assets.profile import Limits

_SPAWN = multiprocessing.get_context("spawn")  # a fork of a threaded program may hang
_START_SECONDS = 60.0
_PAGES = "pages"


def cut_apart(source: Path, target: Path, expected: int, limits: Limits) -> Stack:
    """Return the stack at ``source`` cut into files under ``target``, or why it was not.

    Never raises for a bad file: what it does to the process that opens it is its reason.
    """
    mine, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(
        target=_serve, args=(theirs, source, target, expected, limits), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _heard(mine, limits) or Stack(reason=_reason_of(process))
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
        mine.close()


def _heard(pipe: Connection, limits: Limits) -> Stack | None:
    """Wait for the answer; None where the process ended without one."""
    deadline = time.monotonic() + _START_SECONDS + limits.seconds_to_open
    while pipe.poll(max(0.0, deadline - time.monotonic())):
        try:
            word, value = pipe.recv()
        except (EOFError, OSError):
            return None
        if word != _PAGES:
            answer: Stack = value
            return answer
        deadline += value * limits.seconds_per_page
    return Stack(reason=Reason.TIMED_OUT)


def _reason_of(process: multiprocessing.process.BaseProcess) -> Reason:
    process.join(5.0)
    return ENDINGS.get(process.exitcode or 0, Reason.WORKER_DIED)


def _serve(pipe: Connection, source: Path, target: Path, expected: int, limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)  # what libraries say of a document may quote it
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    bound_process(limits)
    bound_scan(limits)

    def announce(pages: int) -> None:
        bound_scan(limits, pages)
        pipe.send((_PAGES, pages))

    from ocr_assets.receive import Refused, reason_of  # noqa: PLC0415 - after the limits
    from ocr_assets.stack import cut  # noqa: PLC0415

    try:
        answer = cut(source, target, expected, limits, announce)
    except Refused as refusal:
        answer = Stack(reason=refusal.reason)
    except MemoryError:
        answer = Stack(reason=Reason.OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - hostile bytes meet three parsers: what those raise is an outcome
        answer = Stack(reason=reason_of(error))
    pipe.send(("done", answer))
