"""Pieces of pages as a person sees them, cut from the stored archive copy."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from ocr_assets.raster import rasterise
from warehouse.errors import NotStored
from warehouse.store import Store

Box = tuple[float, float, float, float]
_CROP_DPI, _PAGE_DPI = 200.0, 110.0
_AROUND = (0.03, 0.02)  # of the page's width and height: what stands beside the words helps
_LEAST = (0.45, 0.06)
_MARK = (198, 40, 40)


class Pictures:
    """Pictures of the documents in a store; one is made at a time, for PDFium has no threads."""

    def __init__(self, store: Store) -> None:
        """Cut from the copies in ``store``."""
        self._store = store
        self._one = threading.Lock()

    def crop(self, archive: str, page: int, box: Box) -> bytes:
        """Return a PNG of what ``box`` (fractions of the upright page) holds, and a little more."""
        sheet = self._sheet(archive, page, _CROP_DPI)
        return _png(sheet.crop(_pixels(_widened(box), sheet.size)))

    def page(self, archive: str, page: int, box: Box | None) -> bytes:
        """Return a PNG of the whole page, with a thin frame around ``box`` if it is given."""
        sheet = self._sheet(archive, page, _PAGE_DPI)
        if box is not None:
            left, top, right, bottom = _pixels(box, sheet.size)
            frame = (left - 4, top - 4, right + 4, bottom + 4)
            ImageDraw.Draw(sheet).rectangle(frame, outline=_MARK, width=2)
        return _png(sheet)

    def _sheet(self, archive: str, page: int, dpi: float) -> Image.Image:
        with self._copy(archive) as pdf, self._one:
            return Image.fromarray(rasterise(pdf, page, dpi).pixels)

    @contextmanager
    def _copy(self, archive: str) -> Iterator[Path]:
        """Give the file of a copy, fetched for the while where the store is elsewhere."""
        try:
            here = self._store.path(archive)
        except NotStored:
            with TemporaryDirectory(prefix="kho-desk-") as folder:
                yield self._store.fetch(archive, Path(folder) / "copy.pdf")
            return
        yield here


def _widened(box: Box) -> Box:
    """Return the box with some of the page around it, and never a sliver."""
    left, top, right, bottom = box
    across = max(_AROUND[0], (_LEAST[0] - (right - left)) / 2)
    down = max(_AROUND[1], (_LEAST[1] - (bottom - top)) / 2)
    return max(0, left - across), max(0, top - down), min(1, right + across), min(1, bottom + down)


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    width, height = size
    return (
        int(left * width),
        int(top * height),
        max(int(left * width) + 1, round(right * width)),
        max(int(top * height) + 1, round(bottom * height)),
    )


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
