"""A reader that loses nothing: what was read is kept, what failed gets a second try."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ocr_assets.attempt import Attempt
from ocr_assets.errors import PageUnread
from ocr_assets.journal import Journal
from ocr_assets.reader import Reader
from ocr_assets.reading import PageReading


class CarefulReader:
    """Reads through another reader, page by page, and keeps each page in a journal."""

    def __init__(
        self, reader: Reader, reopen: Callable[[], Reader], journal: Journal, attempt: Attempt
    ) -> None:
        """Read with ``reader``; a new one from ``reopen`` gets the second try."""
        self._reader = reader
        self._reopen = reopen
        self._journal = journal
        self._attempt = attempt

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image``, from the journal if it was read before.

        Raises:
            PageUnread: it failed twice, or has brought down two workers.
        """
        known = self._journal.reading(page)
        if known is not None:
            return known
        if page in self._attempt.given_up:
            raise PageUnread(f"page {page}: given up, it has ended two workers")
        self._attempt.turn(page)
        try:
            reading = self._read(image, page, dpi)
        finally:
            self._attempt.turn(0)
        self._journal.keep(reading)
        return reading

    def _read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        try:
            return self._reader.read(image, page, dpi)
        except (PageUnread, MemoryError):
            self._reader = self._reopen()
        return self._reader.read(image, page, dpi)
