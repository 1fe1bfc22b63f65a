"""One try at one scan: what earlier tries have left, and who wants to hear how it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _nobody(count: int) -> None:  # noqa: ARG001 - it is told and does not listen
    return


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try at a scan.

    ``journal`` is the folder that readings are kept in, page by page; ``given_up`` are pages that
    have brought a worker down twice. ``announce`` hears the number of pages before the work on them
    begins, ``turn`` the page that is being read and 0 after it.
    """

    journal: Path | None = None
    given_up: frozenset[int] = frozenset()
    announce: Callable[[int], None] = _nobody
    turn: Callable[[int], None] = _nobody
