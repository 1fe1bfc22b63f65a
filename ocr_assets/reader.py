"""What a reader promises, and how to get one."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ocr_assets.reading import PageReading
from ocr_assets.toolbox import Toolbox

if TYPE_CHECKING:
    from ocr_assets.cleaning import Gray
    from ocr_assets.layout import Found
    from ocr_assets.opinions import Opinion

FAST, BEST = "fast", "best"


class Reader(Protocol):
    """Reads one page image; keeps nothing between pages but its models."""

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image`` (height x width, grey or RGB).

        Raises:
            PageUnread: The engine failed on this page; other pages may be fine.
        """
        ...


class LineReader(Protocol):
    """Gives an opinion about stretches of lines of a cleaned, straightened page."""

    def show(self, gray: "Gray", dpi: float) -> None:
        """Take the page that the next stretches lie on."""
        ...

    def read(self, box: "Found") -> "Sequence[Opinion]":
        """Return the words in ``box``, left to right; none where there is no opinion."""
        ...


def open_reader(
    mode: str, toolbox: Toolbox, *, endpoint: str | None = None, language_model: Path | None = None
) -> Reader:
    """Return a reader: ``fast`` reads once, ``best`` asks a second engine where in doubt.

    ``package.module:function`` is a reader of somebody else's making: the function is given the
    toolbox and returns it. Loading takes about a second; open one a process and keep it. With an
    ``endpoint``, the reader behind it is asked about what is then still in doubt.
    ``language_model`` is a table of syllables to weigh by in place of the shipped one.

    Raises:
        EngineMissing: A model is not in place.
        EndpointElsewhere: The endpoint is not on this machine.
        ValueError: There is no such mode.
    """
    module, _, function = mode.partition(":")
    if function:
        return cast("Reader", getattr(import_module(module), function)(toolbox))
    from ocr_assets.trueocr_reader import TrueOcrReader  # noqa: PLC0415 - loads the engines

    others: list[LineReader] = []
    if mode not in (FAST, BEST):
        raise ValueError(f"no reader is called {mode!r}; choose {FAST!r} or {BEST!r}")
    if mode == BEST:
        from ocr_assets.tesseract_reader import TesseractLines  # noqa: PLC0415

        others.append(TesseractLines(toolbox))
    if endpoint is not None:
        from ocr_assets.remote_lines import RemoteLines  # noqa: PLC0415

        others.append(RemoteLines(endpoint))
    return TrueOcrReader(toolbox, others, language_model)
