"""OCRmyPDF with our reader: its pipeline carries the pages, this plugin renders and reads them.

OCRmyPDF's own Tesseract plugin is left out, so no `tesseract` program has to be on the PATH.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ocrmypdf import OcrEngine, PageContext, hookimpl
from ocrmypdf._plugin_manager import OcrmypdfPluginManager, get_plugin_manager
from ocrmypdf.builtin_plugins import tesseract_ocr
from ocrmypdf.helpers import Resolution
from PIL import Image

from ocr_assets.desk import Desk
from ocr_assets.engine import DeskEngine
from ocr_assets.text_fonts import use_own_fonts
from ocr_assets.textlayer import Rectangle

_TOKEN = 8  # OCRmyPDF carries the page at an eighth of its size: nobody looks at that image


class ReadingPlugin:
    """The hooks of OCRmyPDF that this room fills, around one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @hookimpl
    def register_options(self) -> dict[str, type]:
        """Return the option models OCRmyPDF looks at even when Tesseract is not there."""
        return {"tesseract": tesseract_ocr.TesseractOptions}

    @hookimpl
    def rasterize_pdf_page(
        self,
        input_file: Path,
        output_file: Path,
        raster_dpi: Resolution,
        pageno: int,
        rotation: int | None,
    ) -> Path:
        """Read the page, and hand OCRmyPDF a small image of the same shape and resolution.

        Writing the whole page as a compressed file would cost more than reading it.
        """
        self._desk.look(input_file, pageno, raster_dpi.to_scalar())
        width, height = self._desk.size
        if rotation and rotation % 180:
            width, height = height, width
        token = Image.new("L", (max(1, width // _TOKEN), max(1, height // _TOKEN)), 255)
        token.save(output_file, dpi=(self._desk.dpi / _TOKEN,) * 2)
        return output_file

    @hookimpl
    def filter_ocr_image(self, page: PageContext, image: Image.Image) -> Image.Image:
        """Note where the page shows text of its own; leave the image alone."""
        areas = page.pageinfo.get_textareas(visible=True, corrupt=None)
        box = [float(edge) for edge in page.pageinfo.mediabox]
        turned = page.pageinfo.rotation % 180
        size = (box[3] - box[1], box[2] - box[0]) if turned else (box[2] - box[0], box[3] - box[1])
        self._desk.visible[page.pageno + 1] = list(_fractions(areas, size))
        return image

    @hookimpl
    def get_ocr_engine(self) -> OcrEngine:
        """Return the engine that gives out what the desk has read."""
        return DeskEngine(self._desk)


def _fractions(areas: Iterable[Iterable[float]], size: tuple[float, float]) -> Iterator[Rectangle]:
    width, height = size
    for area in areas:
        left, bottom, right, top = (float(edge) for edge in area)
        yield (left / width, 1 - top / height, right / width, 1 - bottom / height)


def plugin_manager(desk: Desk) -> OcrmypdfPluginManager:
    """Return OCRmyPDF's plugins with ours in place of Tesseract."""
    use_own_fonts()
    manager = get_plugin_manager()
    manager.pluggy_manager.unregister(tesseract_ocr)
    manager.pluggy_manager.register(ReadingPlugin(desk))
    return manager
