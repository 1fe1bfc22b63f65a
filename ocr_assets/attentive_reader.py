"""A reader that also looks at the page: how it is, and what stands in the frames of stamps."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocr_assets.errors import PageUnread
from ocr_assets.glimpse import Glimpser
from ocr_assets.page_quality import measure, small_copy
from ocr_assets.reader import Reader
from ocr_assets.reading import Box, PageReading
from ocr_assets.secrecy import may_be_degree
from ocr_assets.stamp_frames import stamp_frames
from ocr_assets.stamp_pictures import DPI, stamp_page
from ocr_assets.urgency import may_be_urgent

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
        stamps = list(self._stamps(image, small, reading))
        return replace(
            reading,
            quality=measure(image, dpi, small),
            stamps=tuple(text for text, _ in stamps),
            stamp_boxes=tuple(box for _, box in stamps),
        )

    def _stamps(
        self, image: Pixels, small: Pixels, reading: PageReading
    ) -> Iterator[tuple[str, Box]]:
        """Yield what a reader makes of each frame that may be a secret's or say that it is urgent.

        Frames are looked for on the upright page; each comes with the box it lies in, in pixels.
        """
        turns = -reading.rotation // 90
        upright = np.ascontiguousarray(np.rot90(image, turns))
        across = upright.shape[1] / max(1, np.rot90(small, turns).shape[1])
        for frame in stamp_frames(np.ascontiguousarray(np.rot90(small, turns))):
            stamp = frame.cut(upright, across)
            turned = np.ascontiguousarray(stamp[::-1, ::-1])
            looks = stamp_page(stamp, reading.dpi), stamp_page(turned, reading.dpi)
            if not any(self._is_worth_reading(look, reading.page) for look in looks):
                continue
            first = self._said(looks[0], reading.page)
            box = frame.box(across, upright.shape[1], upright.shape[0])
            if first is not None:
                yield first.text, box
            if first is None or (first.confidence or 0.0) < _SURE:
                second = self._said(looks[1], reading.page)
                if second is not None:
                    yield second.text, box

    def _is_worth_reading(self, look: Pixels, page: int) -> bool:
        """Return whether the letters may be a degree's, in doubt yes: they are read with care."""
        if not isinstance(self._reader, Glimpser):
            return True
        try:
            glimpsed = list(self._reader.glimpse(look, page))
            return any(map(may_be_degree, glimpsed)) or any(map(may_be_urgent, glimpsed))
        except PageUnread:
            return True

    def _said(self, look: Pixels, page: int) -> PageReading | None:
        """Return what the reader sees in a stamp, or None where it fails."""
        try:
            return self._reader.read(look, page, DPI)
        except PageUnread:
            return None  # the page itself was read; the next frame may be
