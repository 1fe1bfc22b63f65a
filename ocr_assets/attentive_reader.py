"""A reader that also looks at the page: how it is, and what stands in the frames of stamps."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocr_assets.errors import PageUnread
from ocr_assets.page_quality import measure, small_copy
from ocr_assets.reader import Reader
from ocr_assets.reading import PageReading
from ocr_assets.stamp_frames import stamp_frames
from ocr_assets.stamp_pictures import DPI, stamp_page

Pixels = NDArray[np.uint8]

_SURE = 0.8  # what is read with less may stand on its head: a stamp is pressed by hand


class AttentiveReader:
    """Reads through another reader and looks at the raster that it was given anyway."""

    def __init__(self, reader: Reader) -> None:
        """Read with ``reader``."""
        self._reader = reader

    def read(self, image: Pixels, page: int, dpi: float) -> PageReading:
        """Return what stands on ``image``, how it looks, and what its stamps say.

        Raises:
            PageUnread: the engine failed on this page.
        """
        reading = self._reader.read(image, page, dpi)
        small = small_copy(image, dpi)
        return replace(
            reading,
            quality=measure(image, dpi, small),
            stamps=tuple(self._stamps(image, small, reading)),
        )

    def _stamps(self, image: Pixels, small: Pixels, reading: PageReading) -> Iterator[str]:
        """Yield what a reader makes of each frame, on the page set upright."""
        turns = -reading.rotation // 90
        upright = np.ascontiguousarray(np.rot90(image, turns))
        across = upright.shape[1] / max(1, np.rot90(small, turns).shape[1])
        for frame in stamp_frames(np.ascontiguousarray(np.rot90(small, turns))):
            stamp = frame.cut(upright, across)
            first = self._said(stamp, reading.page)
            if first is not None:
                yield first.text
            if first is None or (first.confidence or 0.0) < _SURE:
                turned = self._said(np.ascontiguousarray(stamp[::-1, ::-1]), reading.page)
                if turned is not None:
                    yield turned.text

    def _said(self, stamp: Pixels, page: int) -> PageReading | None:
        """Return what the reader sees in a stamp, or None where it fails."""
        try:
            return self._reader.read(stamp_page(stamp), page, DPI)
        except PageUnread:
            return None  # the page itself was read; the next frame may be
