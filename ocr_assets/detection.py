"""Where the lines of text are: trueocr's detector, asked at the size that suits the print."""

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from trueocr.page import (
    ADAPTIVE_MAX_SIDE,
    ADAPTIVE_MIN_H,
    ADAPTIVE_TARGET_H,
    INPUT_MULTIPLE,
    decode_lines,
    det_input,
)

from ocr_assets.cleaning import Gray

_ENOUGH = 8  # lines; fewer say nothing about the size of the print

Boxes = NDArray[np.float32]


class Detector:
    """Finds lines on a page whose long side is ``side`` pixels, and on a finer one if need be."""

    def __init__(self, model: InferenceSession, side: int) -> None:
        self._model = model
        self._side = side

    def boxes(self, gray: Gray, small: Gray) -> Boxes:
        """Return a row (left, top, right, bottom) a line, in pixels of ``gray``.

        ``small`` is the same page, shrunk to the detector's side already.
        """
        found, scale = self._at(small, self._side), max(small.shape) / max(gray.shape)
        finer = self._finer(found)
        if finer > self._side:
            found, scale = self._at(gray, finer), finer / max(gray.shape)
        return found[:, :4] / np.float32(scale)

    def boxes_within(self, gray: Gray, area: tuple[int, int, int, int]) -> Boxes:
        """Return the same for a part of ``gray`` (left, top, right, bottom), at the usual size."""
        left, top, right, bottom = area
        part = gray[top:bottom, left:right]
        if not part.size:
            return np.zeros((0, 4), np.float32)
        long_side = max(part.shape)
        side = max(int(INPUT_MULTIPLE), round(self._side / max(gray.shape) * long_side))
        found = self._at(part, side) * np.float32(long_side / side)
        return found[:, :4] + np.array([left, top, left, top], np.float32)

    def _at(self, gray: Gray, side: int) -> Boxes:
        ink, _ = det_input(gray, side)
        return np.asarray(decode_lines(self._model.run(None, {"x": ink[None, None]})[0][0]))

    def _finer(self, found: Boxes) -> int:
        """Return the side at which small print is found better, or ours for larger print."""
        if len(found) < _ENOUGH:
            return self._side
        height = float(np.median(found[:, 3] - found[:, 1]))
        if height >= ADAPTIVE_MIN_H:
            return self._side
        wanted = int(min(ADAPTIVE_MAX_SIDE, self._side * ADAPTIVE_TARGET_H / max(height, 1.0)))
        return wanted - wanted % int(INPUT_MULTIPLE)
