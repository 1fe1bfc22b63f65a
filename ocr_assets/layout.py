"""Which way is up on a page, where its lines are, and in which order they are read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import trueocr
from numpy.typing import NDArray
from trueocr.page import (
    DESKEW_MIN,
    ORIENT_MIN,
    VERTICAL,
    PageEngine,
    orient_input,
    rotate_page,
)

from ocr_assets.cleaning import Gray
from ocr_assets.detection import Detector
from ocr_assets.reading import Box
from ocr_assets.skew import estimate_skew

MODELS = Path(trueocr.__file__).parent / "models"

# A box found on the straightened page: left, top, right, bottom.
Found = tuple[float, float, float, float]


@dataclass(frozen=True)
class Straightened:
    """A page turned upright and levelled, with the way back to the upright raster.

    ``small`` is the same page at the size in which its lines are looked for.
    """

    gray: Gray
    small: Gray
    rotation: int  # clockwise degrees that made it upright
    back: NDArray[np.float64]  # 2x3: straightened pixels -> upright pixels
    rotation_confidence: float = 0.0  # how likely that quarter turn is, by the model
    skew: float = 0.0  # clockwise degrees the lines of the upright page lean

    def box(self, found: Found) -> Box:
        """Return ``found`` on the upright raster: its centre moved back, its size kept."""
        left, top, right, bottom = found
        (xx, xy, x0), (yx, yy, y0) = self._back
        x, y = (left + right) / 2, (top + bottom) / 2
        x, y = xx * x + xy * y + x0, yx * x + yy * y + y0
        across, down = (right - left) / 2, (bottom - top) / 2
        height, width = self.gray.shape
        low_x = min(max(math.floor(x - across), 0), width - 1)
        low_y = min(max(math.floor(y - down), 0), height - 1)
        high_x = min(max(math.ceil(x + across), low_x + 1), width)
        high_y = min(max(math.ceil(y + down), low_y + 1), height)
        return Box(low_x, low_y, high_x, high_y)

    @cached_property
    def _back(self) -> list[list[float]]:
        """Return ``back`` as plain numbers: for a single point numpy costs ten times the sum."""
        return cast("list[list[float]]", self.back.tolist())


class Layout:
    """trueocr's page models behind three questions; one thread each."""

    def __init__(self) -> None:
        self._engine = PageEngine(MODELS, threads=1)
        self._detector = Detector(self._engine.det, self._engine.long_side)

    def straighten(self, gray: Gray) -> Straightened:
        """Turn the page upright by quarter turns, then level its lines.

        All questions are asked of one small copy: shrinking the page costs more than they do.
        """
        small = _shrunk(gray, self._engine.long_side)
        angle = estimate_skew(small)
        turns, certainty = self._orientation(_levelled(small, angle))
        if turns:
            gray, small = _turned(gray, turns), _turned(small, turns)
            angle = -angle if turns == 2 else estimate_skew(small)
        if abs(angle) < DESKEW_MIN:
            angle = 0.0
        height, width = gray.shape
        there = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        back = np.asarray(cv2.invertAffineTransform(there), np.float64)
        level, small = _levelled(gray, angle), _levelled(small, angle)
        return Straightened(level, small, 90 * turns, back, certainty, round(angle, 1))

    def _orientation(self, gray: Gray) -> tuple[int, float]:
        """Return the quarter turns to make, and how likely it is that they are right.

        A turn less likely than the model's own threshold is not made, nor one for columns: the
        page stays as it lies, with the little likelihood that is left for that.
        """
        given = {"x": orient_input(gray)[None, None]}
        likely = self._engine.orient.run(None, given)[0][0]
        turns = int(likely.argmax())
        turns = turns if turns != VERTICAL and likely[turns] > ORIENT_MIN else 0
        return turns, float(likely[turns])

    def lines(self, page: Straightened) -> list[Found]:
        """Return the boxes of the text lines of a straightened page."""
        height, width = page.gray.shape
        found = []
        for left, top, right, bottom in self._detector.boxes(page.gray, page.small):
            box = (max(0.0, left), max(0.0, top), min(width, right), min(height, bottom))
            if box[2] - box[0] >= 1 and box[3] - box[1] >= 1:
                found.append((float(box[0]), float(box[1]), float(box[2]), float(box[3])))
        return found

    def laid(self, plate: Gray, page: Straightened) -> Gray:
        """Return a picture of the same sheet, turned and levelled as ``page`` has been."""
        turns = page.rotation // 90
        return _levelled(_turned(plate, turns) if turns else plate, page.skew)

    def lines_within(self, gray: Gray, area: tuple[int, int, int, int]) -> list[Found]:
        """Return the boxes of the lines in a part (left, top, right, bottom) of a page."""
        found = self._detector.boxes_within(gray, area)
        boxes = (tuple(float(edge) for edge in box) for box in found)
        return [(a, b, c, d) for a, b, c, d in boxes if c - a >= 1 and d - b >= 1]

    def order(
        self, boxes: Sequence[Found], texts: Sequence[str], size: tuple[int, int]
    ) -> list[int]:
        """Return the indices of ``boxes`` as a person would read them (size: width, height)."""
        array = np.asarray(boxes, np.float32).reshape(-1, 4)
        return [int(i) for i in self._engine.reading_order(array, list(texts), size)]


def _shrunk(gray: Gray, side: int) -> Gray:
    """Return ``gray`` with a long side of ``side`` pixels."""
    height, width = gray.shape
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(gray, size, interpolation=how), np.uint8)


def _levelled(gray: Gray, angle: float) -> Gray:
    return rotate_page(gray, angle) if abs(angle) >= DESKEW_MIN else gray


def _turned(gray: Gray, turns: int) -> Gray:
    return np.ascontiguousarray(np.rot90(gray, -turns))
