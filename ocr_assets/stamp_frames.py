"""Where a page bears something in a frame that may be a stamp, whatever a reader made of it.

Before a page is read its coloured ink is made faint, so that seals leave the words under them
alone; a secrecy stamp fades with them. Frames of red ink are looked for here on the received
colours, anywhere; frames of black ink, as a grey scan shows them, where such stamps stand.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

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
_LEVEL = 2.0  # degrees that do not hinder reading
_TIGHTER = 0.98  # of the area of a level box
_MOST = 6  # black frames on a page; more is a table
_MOST_RED = 12  # red ones that are read, the largest first: a page must not hide one among many


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame about (``x``, ``y``), ``width`` x ``height`` pixels along its own sides.

    Its longer sides lean by ``lean`` degrees clockwise, from -45 to 135 (excluded).
    """

    x: float
    y: float
    width: float
    height: float
    lean: float = 0.0

    def box(self, scale: float, width: int, height: int) -> Box:
        """Return the level box around the frame on a page ``scale`` times larger, in pixels.

        It lies within the page, which is ``width`` by ``height`` pixels large.
        """
        lean = math.radians(self.lean)
        across = abs(self.width * math.cos(lean)) + abs(self.height * math.sin(lean))
        down = abs(self.width * math.sin(lean)) + abs(self.height * math.cos(lean))
        left, right = (round((self.x + half) * scale) for half in (-across / 2, across / 2))
        top, bottom = (round((self.y + half) * scale) for half in (-down / 2, down / 2))
        return Box(max(0, left), max(0, top), min(width, right), min(height, bottom))

    def cut(self, page: Pixels, scale: float, outside: int = 255) -> Pixels:
        """Return what stands in the frame, level, from a ``page`` that is ``scale`` times larger.

        What lies off the page has the value ``outside``.
        """
        width, height = math.ceil(self.width * scale), math.ceil(self.height * scale)
        turn = cv2.getRotationMatrix2D((self.x * scale, self.y * scale), self.lean, 1.0)
        turn[0, 2] += width / 2 - self.x * scale
        turn[1, 2] += height / 2 - self.y * scale
        around = (outside,) * 3
        return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=around), np.uint8)


def stamp_frames(small: Pixels) -> list[Frame]:
    """Return the frames on the small copy (RGB) of a page that stands upright."""
    red = list(_frames(_red_ink(small), is_joined=True))
    black = list(_frames(_black_ink(small), is_joined=False))
    red.sort(key=lambda frame: -frame.width * frame.height)
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


def _frames(ink: Pixels, *, is_joined: bool) -> Iterator[Frame]:
    """Yield what has the size and shape of a frame.

    Red ink is rare, so that its pieces may be joined before, and looked at however they lie; a
    black frame must be closed, and nearly level.
    """
    if cv2.countNonZero(ink) < _FEWEST:
        return
    reach = max(1, _pixels(_JOINED_MM)) if is_joined else 2
    joined = np.asarray(cv2.dilate(ink, np.ones((reach, reach), np.uint8)), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for label, (left, top, width, height, _) in enumerate(stats[1:count].tolist(), start=1):
        if max(width, height) < _pixels(_WIDE_MM[0]):
            continue
        frame = Frame(left + width / 2, top + height / 2, width, height)
        if is_joined:
            piece = labels[top : top + height, left : left + width] == label
            frame = _as_it_lies(frame, piece.astype(np.uint8))
        if not (_within(frame.width, _WIDE_MM) and _within(frame.height, _HIGH_MM)):
            continue
        if not _SHAPE[0] <= frame.width / frame.height <= _SHAPE[1]:
            continue
        inside = frame.cut(ink, 1.0, outside=0)
        share = cv2.countNonZero(inside) / inside.size
        if _INK[0] <= share <= _INK[1] and (is_joined or _is_closed(inside)):
            yield frame


def _as_it_lies(level: Frame, piece: Pixels) -> Frame:
    """Return the tightest frame around a ``piece`` of ink, unless the level one is as tight."""
    (x, y), (width, height), lean = cv2.minAreaRect(cv2.findNonZero(piece))
    x, y, width, height = x + 0.5, y + 0.5, width + 1.0, height + 1.0  # from centres of pixels
    if width < height:
        width, height, lean = height, width, lean + 90.0
    lean = (lean + 45.0) % 180.0 - 45.0
    if width * height > _TIGHTER * level.width * level.height or abs(lean) < _LEVEL:
        if level.width > level.height:
            return level
        return Frame(level.x, level.y, level.height, level.width, 90.0)
    return Frame(level.x - level.width / 2 + x, level.y - level.height / 2 + y, width, height, lean)


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


def _within(pixels: float, millimetres: tuple[float, float]) -> bool:
    return _pixels(millimetres[0]) <= pixels <= _pixels(millimetres[1])


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * SMALL_DPI)
