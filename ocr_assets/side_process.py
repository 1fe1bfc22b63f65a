"""One more process beside the workers: asked one thing at a time, ended when it does not answer."""

import logging
import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ocr_assets.bare_environment import bare_environment
from ocr_assets.errors import DigitizationError, EngineMissing

_SPAWN = multiprocessing.get_context("spawn")
_START_SECONDS = 60.0
_LOOK_SECONDS = 2.0
_MEMORY = 2 << 30


class SideProcess:
    """A process that answers what ``make(*arguments)`` returns a function for.

    It is started when it is first asked, and again after it fell.
    """

    def __init__(self, make: Callable[..., Callable[..., Any]], *arguments: Any) -> None:
        self._make, self._arguments = make, arguments
        self._process: Any = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start the process and wait until it is ready.

        Raises:
            DigitizationError: what it needs is not there; the error says what.
        """
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=_serve, args=(theirs, self._make, self._arguments), daemon=True
        )
        with bare_environment():
            self._process.start()
        theirs.close()
        is_ready, said = self._heard(_START_SECONDS)
        if isinstance(said, DigitizationError):
            self.stop()
            raise said
        if not is_ready:
            self.stop()
            raise EngineMissing("a process beside the workers did not start; see the error stream")

    def ask(self, *question: Any, seconds: float) -> Any:
        """Return the answer, or None where none came in time.

        Raises:
            DigitizationError: the process says that it is not the question's fault.
        """
        if self._pipe is None:
            self.start()
        is_told = self._told(question)
        is_answered, said = self._heard(seconds) if is_told else (False, None)
        if not is_answered:
            self.stop()
        if isinstance(said, DigitizationError):
            raise said
        return said

    def stop(self) -> None:
        """End the process, if it was started."""
        if self._pipe is None:
            return
        self._pipe.close()
        self._pipe = None
        self._process.kill()
        self._process.join()
        self._process.close()

    def _told(self, question: tuple[Any, ...]) -> bool:
        try:
            self._pipe.send(question)  # type: ignore[union-attr]
        except OSError:
            return False
        return True

    def _heard(self, seconds: float) -> tuple[bool, Any]:
        """Return whether something was said in time, and what."""
        pipe = self._pipe
        try:
            return (True, pipe.recv()) if pipe and pipe.poll(seconds) else (False, None)
        except (EOFError, OSError):
            return False, None


def _serve(
    pipe: Connection, make: Callable[..., Callable[..., Any]], arguments: tuple[Any, ...]
) -> None:
    """Answer what comes through ``pipe`` until it closes."""
    logging.disable(logging.CRITICAL)  # what libraries say of a document may quote it
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = make(*arguments)
        pipe.send("ready")
        while True:
            pipe.send(_answered(answer, pipe.recv()))
    except DigitizationError as error:
        pipe.send(error)
    except (EOFError, OSError):
        os._exit(0)


def _answered(answer: Callable[..., Any], question: tuple[Any, ...]) -> Any:
    try:
        return answer(*question)
    except DigitizationError as error:
        return error
    except MemoryError:
        return None


def _end_with(parent: int) -> None:
    """End this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(0)
