"""A first look at what may be a stamp, at a fifteenth of the cost of reading it as a page."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import numpy as np

from ocr_assets.cleaning import Gray
from ocr_assets.layout import Found

_INK = 128  # darker than this is ink on a page drawn for one stamp
_LETTERS = 0.5  # of the highest row: what is lower is dots, marks and dust


@runtime_checkable
class Glimpser(Protocol):
    """Can say what a picture's letters may be without reading it as a page."""

    def glimpse(self, picture: Gray, page: int) -> list[str]:
        """Return the text of a level, white ``picture`` as one line, then that of its rows.

        Raises:
            PageUnread: The engine failed on it; ``page`` is the one it was cut from.
        """
        ...


def rows(picture: Gray) -> list[Found]:
    """Return the box of all the ink on ``picture``, then those of its rows where it has several."""
    dark = picture < _INK
    across, down = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    if not len(down):
        return []
    left, right = float(across[0]), float(across[-1] + 1)
    bounds = [(float(top), float(bottom)) for top, bottom in _runs(down)]
    highest = max(bottom - top for top, bottom in bounds)
    letters = [(top, end) for top, end in bounds if end - top >= _LETTERS * highest]
    whole = (bounds[0][0], bounds[-1][1])
    spans = [whole, *letters] if len(bounds) > 1 else [whole]
    return [(left, top, right, bottom) for top, bottom in spans]


def _runs(numbers: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield first and end (excluded) of each run of neighbours in rising ``numbers``."""
    for run in np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1):
        yield int(run[0]), int(run[-1]) + 1
