"""A reader that also looks at the page: how it is, and what stands in coloured frames."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocr_assets.page_quality import measure
from ocr_assets.reader import Reader
from ocr_assets.reading import PageReading


class AttentiveReader:
    """Reads through another reader and measures the raster that it was given anyway."""

    def __init__(self, reader: Reader) -> None:
        """Read with ``reader``."""
        self._reader = reader

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image``, and how it looks.

        Raises:
            PageUnread: the engine failed on this page.
        """
        reading = self._reader.read(image, page, dpi)
        return replace(reading, quality=measure(image, dpi))
