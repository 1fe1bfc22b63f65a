"""What a received file tells about itself before it is read: kept as data, not judged."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from ocr_assets.legacy_text import is_legacy_text
from ocr_assets.pdf_images import largest_picture
from ocr_assets.producer import Producer, producer_of
from ocr_assets.text_layer import TextLayer, text_layer_of

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Facts of a file and, in page order, of its pages; an image file has no layers to tell.

    ``is_encrypted`` holds for files that anybody may open and only changing is forbidden, too.
    """

    is_encrypted: bool = False
    producer: Producer = Producer.UNKNOWN
    text_layers: tuple[TextLayer, ...] = ()
    picture_sizes: tuple[Size, ...] = ()

    @property
    def legacy_pages(self) -> frozenset[int]:
        """Return the pages (from 1) whose text is in codes of the time before Unicode."""
        return frozenset(
            number
            for number, layer in enumerate(self.text_layers, start=1)
            if layer is TextLayer.LEGACY_ENCODED
        )

    def text_layer(self, page: int) -> TextLayer:
        """Return what text ``page`` (from 1) came with."""
        return self.text_layers[page - 1] if page <= len(self.text_layers) else TextLayer.NONE

    def picture_size(self, page: int) -> Size | None:
        """Return width and height of the largest picture on ``page`` (from 1), in pixels."""
        return self.picture_sizes[page - 1] if page <= len(self.picture_sizes) else None


def facts_of(pdf: pikepdf.Pdf, path: Path) -> FileFacts:
    """Return what ``pdf``, which lies at ``path``, tells about itself."""
    layers = [text_layer_of(page) for page in pdf.pages]
    if TextLayer.BORN_DIGITAL in layers:
        layers = _looked_at_closely(layers, path)
    return FileFacts(
        is_encrypted=pdf.is_encrypted,
        producer=producer_of(pdf),
        text_layers=tuple(layers),
        picture_sizes=tuple(largest_picture(page) for page in pdf.pages),
    )


def _looked_at_closely(layers: list[TextLayer], path: Path) -> list[TextLayer]:
    """Find old codes by their characters, on pages whose fonts do not name them."""
    with closing(pdfium.PdfDocument(path)) as document:
        return [
            TextLayer.LEGACY_ENCODED
            if layer is TextLayer.BORN_DIGITAL and is_legacy_text(_text(document, number))
            else layer
            for number, layer in enumerate(layers)
        ]


def _text(document: pdfium.PdfDocument, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return str(text.get_text_range())
