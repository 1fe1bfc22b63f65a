"""How far the lines of a page lean: the angle at which its rows of ink are sharpest.

trueocr's own search shrinks the whole page twice and weighs some sixty angles at the finer size;
this one does all but the last step at half of it, for a quarter of the time.
"""

import cv2
import numpy as np

from ocr_assets.cleaning import Gray

_FINE, _COARSE = 800, 400  # pixels of the long side
_FURTHEST = 45.0  # degrees; quarter turns cover the rest
_BLANK = 0.003  # share of ink under which a page has no rows


def estimate_skew(gray: Gray) -> float:
    """Return the degrees (counter-clockwise, to a tenth) that level the text rows."""
    fine = _ink(gray, _FINE)
    if fine.mean() < _BLANK * 255:
        return 0.0
    coarse = _ink(fine, _COARSE, is_ink=True)
    grid = np.arange(-_FURTHEST, _FURTHEST + 1e-6, 2.0)
    scores = [_sharpness(coarse, angle) for angle in grid]
    starts = {0.0, *(float(grid[i]) for i in np.argsort(scores)[-2:])}
    near = {a for start in starts for a in np.arange(start - 2.0, start + 2.0 + 1e-6, 0.5)}
    around = max(sorted(near), key=lambda angle: _sharpness(coarse, angle))
    last = np.arange(around - 0.5, around + 0.5 + 1e-6, 0.1)
    return float(max(last, key=lambda angle: _sharpness(fine, angle, cv2.INTER_LINEAR)))


def _ink(gray: Gray, side: int, *, is_ink: bool = False) -> Gray:
    """Return the ink (255) of a page shrunk to ``side`` pixels."""
    height, width = gray.shape
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small if is_ink else np.asarray(255 - small, np.uint8)


def _sharpness(ink: Gray, angle: float, how: int = cv2.INTER_NEAREST) -> float:
    """Return how sharply the ink changes from row to row when the page is turned by ``angle``."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=how)
    rows = cv2.reduce(turned, 1, cv2.REDUCE_SUM, None, cv2.CV_32S)
    steps = np.diff(rows[:, 0].astype(np.float64))
    return float(steps @ steps)
