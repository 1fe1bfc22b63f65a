"""What a reader promises, and how to get one."""

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocr_assets.reading import PageReading
from ocr_assets.toolbox import Toolbox

FAST, BEST = "fast", "best"


class Reader(Protocol):
    """Reads one page image; keeps nothing between pages but its models."""

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image`` (height x width, grey or RGB).

        Raises:
            PageUnread: The engine failed on this page; other pages may be fine.
        """
        ...


def open_reader(mode: str, toolbox: Toolbox, language_model: Path | None = None) -> Reader:
    """Return a reader: ``fast`` reads once, ``best`` asks a second engine where in doubt.

    Loading takes about a second; open one a process and keep it. ``language_model`` is a table of
    syllables to weigh by in place of the shipped one.

    Raises:
        EngineMissing: A model is not in place.
        ValueError: There is no such mode.
    """
    from ocr_assets.trueocr_reader import TrueOcrReader  # noqa: PLC0415 - loads the engines

    if mode == FAST:
        return TrueOcrReader(toolbox, language_model=language_model)
    if mode == BEST:
        from ocr_assets.tesseract_reader import TesseractLines  # noqa: PLC0415

        return TrueOcrReader(toolbox, TesseractLines(toolbox), language_model)
    raise ValueError(f"no reader is called {mode!r}; choose {FAST!r} or {BEST!r}")
