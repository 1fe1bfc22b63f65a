"""Names and posts that were pressed in red: cleaning takes them away together with the seals.

They are looked for where people sign, on the right of a page and not in the head of the first one.
Incoming stamps, which bear a number and a day of their own, stand there or on the left, and stay
out of the reading.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_assets.cleaning import Gray
from ocr_assets.decoding import Spotted
from ocr_assets.layout import Found

Pixels = NDArray[np.uint8]

_ZONE = (0.4, 0.35)  # of width and height: what lies right of and below this
_LATER_ZONE = (0.4, 0.05)  # on later pages, where people sign at the top as well
_THINNED = 4  # every so many-th pixel tells whether there is red ink at all
_REDNESS = 40  # red above green, in steps of 255
_LEAST = 0.002  # share of the zone; a name and a post alone take twice as much
_STRENGTH = 3  # a faint stamp becomes as dark as print
_ROOM = 2.0  # line heights
_LETTERS, _CERTAIN = 5, 0.85  # of a line at the least
_OVERLAP = 0.5  # of a line's height: it has been read in black already


def red_plate(image: Pixels, page: int) -> Gray | None:
    """Return red ink as black print on white, or None for a page with too little of it.

    ``image`` is a page (RGB, height x width x 3) that stands upright, the ``page``-th of its
    document (1 is the first); the plate is as large.
    """
    if image.ndim != 3:
        return None
    across, down = _ZONE if page == 1 else _LATER_ZONE
    top, left = round(image.shape[0] * down), round(image.shape[1] * across)
    zone = image[top:, left:]
    if not zone.size or (_redness(zone[::_THINNED, ::_THINNED]) > _REDNESS).mean() < _LEAST:
        return None
    plate = np.full(image.shape[:2], 255, np.uint8)
    strong = cv2.convertScaleAbs(_redness(zone), alpha=_STRENGTH)
    plate[top:, left:] = 255 - cv2.blur(strong, (3, 3))
    return plate


def _redness(pixels: Pixels) -> Gray:
    red, green, blue = cv2.split(np.ascontiguousarray(pixels))
    above_blue = cv2.subtract(red, blue)
    return np.asarray(cv2.min(cv2.subtract(red, green), cv2.add(above_blue, above_blue)), np.uint8)


def inked(plate: Gray) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is not white on a ``plate``; zeros where all is."""
    dark = plate < 255 - _REDNESS
    down, across = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(down):
        return 0, 0, 0, 0
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1


def is_told(words: Sequence[Spotted]) -> bool:
    """Return whether ``words`` are read well enough to be print and not the rim of a seal."""
    certain = [np.exp(c.score) for word in words for c in word.characters]
    return len(words) > 1 and len(certain) >= _LETTERS and float(np.mean(certain)) >= _CERTAIN


def lay_bare(gray: Gray, plate: Gray, line: Found) -> None:
    """Put what stands in red on a ``line`` into the cleaned page, for whoever reads it next."""
    left, top, right, bottom = (max(0, round(edge)) for edge in line)
    part = gray[top:bottom, left:right]
    np.minimum(part, plate[top:bottom, left:right], out=part)


def unread(found: Found, lines: list[Found]) -> bool:
    """Return whether no one of ``lines`` runs through the box ``found``."""
    left, top, right, bottom = found
    return not any(
        min(bottom, low) - max(top, high) > _OVERLAP * (bottom - top)
        and min(right, end) - max(left, start) > 0
        for start, high, end, low in lines
    )


def widened(line: Found, width: int) -> Found:
    """Return a line with room for a first word that a seal lies on; the detector leaves it out."""
    left, top, right, bottom = line
    room = _ROOM * (bottom - top)
    return max(0.0, left - room), top, min(float(width), right + room), bottom
