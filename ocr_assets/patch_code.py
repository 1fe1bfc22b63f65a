"""PATCH-T, the bar pattern scanners use to tell one document from the next.

Four bars along an edge of the sheet, narrow, wide, narrow, wide from that edge inward (Kodak
A-61599: narrow bars and spaces 0.08 inch, wide bars 0.20 inch, at least 2 inches long, within
3.75 inches of the edge). Run lengths are compared with one another, so a sheet printed a little
smaller counts too; a column crosses all bars of a skewed sheet just the same.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

NARROW_IN, WIDE_IN = 0.08, 0.20
BARS_T = (NARROW_IN, WIDE_IN, NARROW_IN, WIDE_IN)
_TOTAL_IN = sum(BARS_T) + 3 * NARROW_IN
_RUNS = np.array(
    [part for bar in BARS_T for part in (bar, NARROW_IN)][:-1], dtype=np.float64
)  # bar, space, bar, space, bar, space, bar
_SLACK = 0.35 * NARROW_IN + 0.15 * _RUNS  # of each run, once the whole is scaled to its size
_SMALLEST, _LARGEST = 0.6, 1.35  # of the whole pattern: printed to fit, or on the wrong paper
_DEPTH_IN = 4.5  # how far from the edge the pattern may reach
_LENGTH_IN = 1.5  # how long the bars must be seen, holes and folds allowed for
_STEP_IN = 0.08
_LEAST_CONTRAST = 60


def bears_patch_t(grey: NDArray[np.uint8], dpi: float) -> bool:
    """Return whether a page (grey, at about ``dpi``) bears PATCH-T along one of its four edges."""
    clean = cv2.medianBlur(np.ascontiguousarray(grey), 5)
    low, high = np.percentile(clean[::4, ::4], (1, 80))
    if high - low < _LEAST_CONTRAST:
        return False
    dark = clean < (low + high) / 2
    return any(_edge_bears_it(np.rot90(dark, turn), dpi) for turn in range(4))


def _edge_bears_it(dark: NDArray[np.bool_], dpi: float) -> bool:
    """Return whether the bars run along the upper edge."""
    step = max(1, round(_STEP_IN * dpi))
    strip = dark[: round(_DEPTH_IN * dpi), step // 2 :: step]
    needed = round(_LENGTH_IN * dpi / step)
    run = 0
    for column in range(strip.shape[1]):
        run = run + 1 if _crosses_bars(strip[:, column], dpi) else max(0, run - 2)
        if run >= needed:
            return True
    return False


def _crosses_bars(column: NDArray[np.bool_], dpi: float) -> bool:
    """Return whether four bars of the right widths lie one after the other, white around them."""
    turns = np.flatnonzero(np.diff(column))
    edges = np.concatenate(([-1], turns, [column.size - 1]))
    runs = np.diff(edges) / dpi
    first = 0 if column[0] else 1
    for start in range(first, len(runs) - 6, 2):
        found = runs[start : start + 7]
        whole = found.sum()
        if not _SMALLEST <= whole / _TOTAL_IN <= _LARGEST:
            continue
        if start > 0 and runs[start - 1] < NARROW_IN / 2:
            continue
        if np.all(np.abs(found * (_TOTAL_IN / whole) - _RUNS) <= _SLACK):
            return True
    return False
