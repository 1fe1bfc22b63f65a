"""Single handwritten digits: a small network, trained on MNIST (`bench/digit_network.py`)."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

SHIPPED = Path(__file__).parent / "data" / "digits.onnx"

_SIDE, _BODY = 28, 20  # a digit's body fills 20 of 28 pixels

Ink = NDArray[np.uint8]  # 255 is ink, 0 is paper
Floats = NDArray[np.float32]


class DigitClassifier:
    """Says how likely a piece of ink is each of the ten digits."""

    def __init__(self, file: Path = SHIPPED) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(file), options, ["CPUExecutionProvider"])

    def log_probabilities(self, pieces: list[Ink]) -> Floats:
        """Return one row of ten log probabilities for each piece."""
        if not pieces:
            return np.zeros((0, 10), np.float32)
        pixels = np.stack([framed(piece) for piece in pieces]).astype(np.float32) / 255
        return np.asarray(self._session.run(None, {"x": pixels[:, None]})[0], np.float32)


def framed(ink: Ink) -> Ink:
    """Return the ink cut out, scaled to the body's size and centred."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    frame = np.zeros((_SIDE, _SIDE), np.uint8)
    if not len(rows):
        return frame
    body = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = _BODY / max(body.shape)
    width, height = (max(1, round(n * scale)) for n in (body.shape[1], body.shape[0]))
    small = cv2.resize(body, (width, height), interpolation=cv2.INTER_AREA)
    left, top = (_SIDE - width) // 2, (_SIDE - height) // 2
    frame[top : top + height, left : left + width] = small
    return frame
