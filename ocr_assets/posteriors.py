"""The line recogniser: for every step along a line, how likely is each character?"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from trueocr.preprocess import LINE_HEIGHT, WINDOW, crop_line, pad_batch, width_batches
from trueocr.recognizer import session

from ocr_assets.cleaning import Gray
from ocr_assets.layout import MODELS, Found
from ocr_assets.toolbox import POSTERIORS

BLANK = 0
_STRIDE = 4  # pixels of the recogniser's input to one step
_TOGETHER = 4  # lines: more of them fall out of the processor's cache, at a tenth more time
_ALIKE = 1.15  # widths that differ by more waste time on padding


@dataclass(frozen=True)
class LinePosteriors:
    """Log probabilities of one line (steps x characters) and where its steps lie on the page."""

    box: Found
    steps: NDArray[np.float32]
    start: float  # page x of the left edge of the first step
    pace: float  # page pixels to one step

    def x(self, step: float) -> float:
        """Return the page x of the left edge of ``step``."""
        return self.start + step * self.pace

    @cached_property
    def hidden(self) -> NDArray[np.float32]:
        """Return the log probability of the likeliest character but the blank, at each step."""
        return np.asarray(np.delete(self.steps, BLANK, axis=1).max(axis=1, initial=-np.inf))


class Alphabet:
    """The characters the recogniser knows; position 0 is CTC's blank."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = ("", *characters)
        self._codes = {c: i for i, c in enumerate(self.characters)}
        self.space = self._codes[" "]

    def code(self, character: str) -> int | None:
        """Return the position of ``character``, or None if the recogniser cannot write it."""
        return self._codes.get(character)


class Recogniser:
    """trueocr's recogniser, asked for its posteriors instead of its best guess."""

    def __init__(self, model: Path) -> None:
        meta = json.loads((MODELS / "meta.json").read_text(encoding="utf-8"))
        self.alphabet = Alphabet(meta["charset"])
        self._width, self._pad_y, self._pad_x = meta["max_width"], meta["pad_y"], meta["pad_x"]
        self._session = session(model, threads=1)

    def read(self, gray: Gray, boxes: Sequence[Found]) -> list[LinePosteriors]:
        """Return the posteriors of each line, read with its real surroundings."""
        crops = [self._crop(gray, box) for box in boxes]
        read: dict[int, LinePosteriors] = {}
        for index, steps in self._run(crops):
            left, top, right, bottom = boxes[index]
            pad = self._pad_x * (bottom - top)
            pace = (right - left + 2 * pad) / crops[index].shape[1] * _STRIDE
            read[index] = LinePosteriors(boxes[index], steps, left - pad, pace)
        return [read[index] for index in range(len(boxes))]

    def _crop(self, gray: Gray, box: Found) -> NDArray[np.float32]:
        # The model was trained on a window three lines high: real neighbours beat white margins.
        return np.asarray(
            crop_line(
                gray,
                box,
                height=LINE_HEIGHT,
                pad_y=self._pad_y,
                pad_x=self._pad_x,
                max_width=self._width,
                window=WINDOW,
            ),
            np.float32,
        )

    def _run(
        self, crops: Sequence[NDArray[np.float32]]
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        widths = [crop.shape[1] for crop in crops]
        for batch in width_batches(widths, max_batch=_TOGETHER, max_ratio=_ALIKE):
            tensor, own = pad_batch([crops[i] for i in batch])
            given = {"x": tensor, "widths": own}
            lengths, steps = self._session.run(["lengths", POSTERIORS], given)
            for row, index in enumerate(batch):
                yield index, steps[row, : int(lengths[row])]
