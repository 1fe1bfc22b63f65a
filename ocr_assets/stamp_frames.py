"""Where a page bears something in a frame that may be a stamp, whatever a reader made of it.

Before a page is read its coloured ink is made faint, so that seals leave the words under them
alone; a secrecy stamp fades with them. Frames of red ink are looked for here on the received
colours, anywhere; frames of black ink, as a grey scan shows them, where such stamps stand.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from ocr_assets.page_quality import SMALL_DPI, Pixels
from ocr_assets.reading import Box

_REDNESS = 34  # red above green, in steps of 255: a stamp on white paper that has nearly faded
_DARKNESS = 60  # below the paper, in steps of 255
_FEWEST = 100  # pixels of a frame at the least
_JOINED_MM = 1.2  # letters and the frame around them
_WIDE_MM, _HIGH_MM = (11.0, 140.0), (5.0, 45.0)
_SHAPE = (1.25, 9.0)  # wider than high; a round seal is not
_INK = (0.06, 0.75)  # share of the box that is ink: a frame with a word in it
_CLOSED = 0.9  # of each side that a black frame must cover
_ZONE = (0.5, 0.42)  # of width and height, from the upper left
_MOST = 6  # black frames on a page; more is a table
_MOST_RED = 12  # red ones that are read, the largest first: a page must not hide one among many


def stamp_frames(small: Pixels) -> list[Box]:
    """Return the boxes of frames on the small copy (RGB) of a page that stands upright."""
    red = list(_frames(_red_ink(small), is_joined=True))
    black = list(_frames(_black_ink(small), is_joined=False))
    red.sort(key=lambda box: -box.width * box.height)
    return [*red[:_MOST_RED], *(black if len(black) <= _MOST else [])]


def _red_ink(small: Pixels) -> Pixels:
    """Return 255 where red stands above green, and half as far above blue."""
    red, green, blue = cv2.split(small)
    above_green, above_blue = cv2.subtract(red, green), cv2.subtract(red, blue)
    redness = cv2.min(above_green, cv2.add(above_blue, above_blue))
    return np.asarray(cv2.threshold(redness, _REDNESS, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _black_ink(small: Pixels) -> Pixels:
    """Return 255 where the upper left of the page is dark in every colour."""
    height, width = small.shape[:2]
    zone = small[: round(height * _ZONE[1]), : round(width * _ZONE[0])]
    red, green, blue = cv2.split(np.ascontiguousarray(zone))
    brightest = cv2.max(cv2.max(red, green), blue)
    paper = float(cv2.mean(brightest)[0])  # print takes little of it
    inverse = cv2.THRESH_BINARY_INV
    return np.asarray(cv2.threshold(brightest, paper - _DARKNESS, 255, inverse)[1], np.uint8)


def _frames(ink: Pixels, *, is_joined: bool) -> Iterator[Box]:
    """Yield the boxes of what has the size and shape of a frame.

    Red ink is rare, so that its pieces may be joined before; a black frame must be closed.
    """
    if cv2.countNonZero(ink) < _FEWEST:
        return
    reach = max(1, _pixels(_JOINED_MM)) if is_joined else 2
    joined = np.asarray(cv2.dilate(ink, np.ones((reach, reach), np.uint8)), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for left, top, width, height, _ in stats[1:count].tolist():
        if not (_within(width, _WIDE_MM) and _within(height, _HIGH_MM)):
            continue
        if not _SHAPE[0] <= width / height <= _SHAPE[1]:
            continue
        box = Box(left, top, left + width, top + height)
        inside = ink[box.top : box.bottom, box.left : box.right]
        share = cv2.countNonZero(inside) / inside.size
        if _INK[0] <= share <= _INK[1] and (is_joined or _is_closed(inside)):
            yield box


def _is_closed(inside: Pixels) -> bool:
    """Return whether ink runs along all four sides, as a frame's does, if a little askew."""
    deep = max(2, round(min(inside.shape) * 0.2))
    sides = (
        inside[:deep].any(axis=0),
        inside[-deep:].any(axis=0),
        inside[:, :deep].any(axis=1),
        inside[:, -deep:].any(axis=1),
    )
    return all(side.mean() >= _CLOSED for side in sides)


def _within(pixels: int, millimetres: tuple[float, float]) -> bool:
    return _pixels(millimetres[0]) <= pixels <= _pixels(millimetres[1])


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * SMALL_DPI)
