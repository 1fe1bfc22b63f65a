"""The OCR engine OCRmyPDF sees: it gives out what the desk has read."""

from pathlib import Path

from ocrmypdf import OcrEngine, OcrOptions, OrientationConfidence
from ocrmypdf.models.ocr_element import OcrElement

from ocr_assets.desk import Desk
from ocr_assets.reading import PageReading
from ocr_assets.textlayer import as_tree, layer_text, without

_SURE = 1000.0  # OCRmyPDF turns a page only above its threshold; the reader has decided already


class DeskEngine(OcrEngine):
    """OCRmyPDF's view of the reader.

    OCRmyPDF declares the methods static but calls them on the instance it was given.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @staticmethod
    def version() -> str:
        """Return the version OCRmyPDF writes into its log."""
        return "1"

    @staticmethod
    def creator_tag(options: OcrOptions) -> str:  # noqa: ARG004
        """Return the name that goes into the PDF's metadata."""
        return "kho"

    def __str__(self) -> str:
        return "kho"

    @staticmethod
    def languages(options: OcrOptions) -> set[str]:  # noqa: ARG004
        """Return the languages the reader knows."""
        return {"vie"}

    def get_orientation(  # type: ignore[override]
        self,
        input_file: Path,  # noqa: ARG002
        options: OcrOptions,  # noqa: ARG002
    ) -> OrientationConfidence:
        """Return how the page on the desk lies; OCRmyPDF sets /Rotate accordingly."""
        reading = self._desk.readings.get(self._desk.page)
        turn = reading.rotation if reading is not None else 0
        return OrientationConfidence(angle=-turn % 360, confidence=_SURE)

    def generate_ocr(  # type: ignore[override]
        self,
        input_file: Path,  # noqa: ARG002
        options: OcrOptions,  # noqa: ARG002
        page_number: int = 0,
    ) -> tuple[OcrElement, str]:
        """Return the words of the page that it does not already show as text."""
        page = page_number + 1
        reading = self._desk.readings.get(page)
        if reading is None:
            width, height = self._desk.size
            reading = PageReading(page, width, height, self._desk.dpi, 0, ())
        lines = without(reading, self._desk.visible.get(page, ()))
        self._desk.layers[page] = layer_text(lines)
        return as_tree(reading, lines), self._desk.layers[page]

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Return True: no hOCR file between the reader and the text layer."""
        return True

    def generate_hocr(  # type: ignore[override]
        self, input_file: Path, output_hocr: Path, output_text: Path, options: OcrOptions
    ) -> None:
        """Refuse: OCRmyPDF asks for a tree whenever it may."""
        raise NotImplementedError("this engine gives out trees, not hOCR")

    def generate_pdf(  # type: ignore[override]
        self, input_file: Path, output_pdf: Path, output_text: Path, options: OcrOptions
    ) -> None:
        """Refuse: OCRmyPDF's own renderer draws the text layer."""
        raise NotImplementedError("this engine gives out trees, not PDF")
