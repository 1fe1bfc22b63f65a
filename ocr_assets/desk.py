"""Where the pages of one file are read, one after the other."""

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from ocr_assets.errors import PageUnread
from ocr_assets.page_hash import page_hash
from ocr_assets.raster import Raster, rasterise
from ocr_assets.reader import Reader
from ocr_assets.reading import PageReading
from ocr_assets.textlayer import Rectangle


@dataclass
class Desk:
    """What happened to each page (from 1) of one file; the pages come one after the other."""

    reader: Reader
    dpi: float
    readings: dict[int, PageReading] = field(default_factory=dict)
    layers: dict[int, str] = field(default_factory=dict)
    hashes: dict[int, str | None] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)
    visible: dict[int, list[Rectangle]] = field(default_factory=dict)
    size: tuple[int, int] = (1, 1)
    page: int = 0

    def look(self, pdf: Path, page: int, native_dpi: float) -> None:
        """Render and read ``page``, once; a page that cannot be read is noted as unread."""
        if page == self.page:
            return
        self.page, self.size = page, (1, 1)
        try:
            raster = rasterise(pdf, page, self.dpi, native_dpi)
            self.size = (raster.pixels.shape[1], raster.pixels.shape[0])
            self.readings[page] = self._read(raster)
        except (PageUnread, pdfium.PdfiumError, MemoryError):
            self.unread.add(page)

    def _read(self, raster: Raster) -> PageReading:
        reading = self.reader.read(raster.pixels, self.page, raster.dpi)
        self.hashes[self.page] = page_hash(raster.pixels, reading.rotation)
        return reading
