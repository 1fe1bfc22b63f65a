"""A page of a PDF as pixels, the way a person sees it."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

_POINTS = 72.0
_LONG_SIDE = 7000  # a plan larger than this is read at a lower resolution
_A4_INCHES = 11.69  # a small page with a fine image is rendered larger, up to an A4 page's pixels


@dataclass(frozen=True, slots=True)
class Raster:
    """A rendered page (RGB, /Rotate applied, annotations and form widgets drawn)."""

    pixels: NDArray[np.uint8]
    dpi: float


def rasterise(pdf: Path, page: int, dpi: float, native_dpi: float = 0.0) -> Raster:
    """Render ``page`` (from 1) of ``pdf`` at ``dpi``, within sane pixel bounds.

    Raises:
        pypdfium2.PdfiumError: pdfium cannot open or render the page.
    """
    with closing(pdfium.PdfDocument(pdf)) as document:
        document.init_forms()  # numbers and days can be stamped as form widgets
        with closing(document[page - 1]) as sheet:
            sheet.set_cropbox(*sheet.get_mediabox())  # OCRmyPDF places text on the media box
            resolution = _resolution(max(sheet.get_size()), dpi, native_dpi)
            with closing(sheet.render(scale=resolution / _POINTS, rev_byteorder=True)) as bitmap:
                pixels = bitmap.to_numpy()
                return Raster(np.ascontiguousarray(pixels[..., :3]), resolution)


def _resolution(long_side: float, dpi: float, native_dpi: float) -> float:
    """Return the resolution to render a page of this long side (points) at."""
    inches = max(long_side, 1.0) / _POINTS
    if native_dpi > dpi:
        dpi = max(dpi, min(native_dpi, dpi * _A4_INCHES / inches))
    return min(dpi, _LONG_SIDE / inches)
