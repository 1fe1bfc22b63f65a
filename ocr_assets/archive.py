"""The archive copy's last step: metadata that never changes, and bytes that never do either."""

from pathlib import Path

import pikepdf
from pikepdf import Name, Page, Pdf, pdfa

from ocr_assets.drawn import content_of, resource_of
from ocr_assets.metadata import Metadata, as_xmp
from ocr_assets.prepare import FLAVOUR

_LAYER = "/OCR-"


def seal(written: Path, target: Path, metadata: Metadata) -> None:
    """Write OCRmyPDF's PDF/A at ``written`` to ``target``, the same bytes every time.

    Times of making are left out: with them, two runs over one scan could not be compared. The
    metadata name the received file by its digest instead.
    """
    with pikepdf.open(written) as pdf:
        pdfa.prepare(pdf, FLAVOUR)
        _set_metadata(pdf, metadata)
        if Name.Info in pdf.trailer:
            del pdf.trailer[Name.Info]
        for page in pdf.pages:
            _name_layers(pdf, page)
        pdf.save(target, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))


def _name_layers(pdf: Pdf, page: Page) -> None:
    """Call the text layers of a page by number; OCRmyPDF gives them a random name each time."""
    drawn = resource_of(page.obj, Name.XObject)
    if drawn is None:
        return
    names = [key for key in drawn.as_dict() if key.startswith(_LAYER)]
    content = content_of(page.obj)
    for number, name in enumerate(sorted(names, key=lambda key: content.find(key.encode()))):
        content = content.replace(f"{name} Do".encode(), f"/TextLayer{number} Do".encode())
        drawn[f"/TextLayer{number}"] = drawn[name]
        del drawn[name]
    if names:
        page.obj.Contents = pdf.make_stream(content)


def _set_metadata(pdf: Pdf, metadata: Metadata) -> None:
    packet = as_xmp(metadata)
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
