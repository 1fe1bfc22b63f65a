"""Pictures into files, as scanners and telephones write them; the same bytes every time."""

import io
from collections.abc import Sequence
from enum import StrEnum

import img2pdf
import pikepdf
from PIL import Image


class Encoding(StrEnum):
    """The kinds of file a delivery holds."""

    COLOUR_PDF = "colour_pdf"
    GREY_PDF = "grey_pdf"
    BITONAL_PDF = "bitonal_pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def suffix(self) -> str:
        """The file name's ending."""
        return {"tiff": ".tif", "jpeg": ".jpg", "png": ".png"}.get(self.value, ".pdf")

    @property
    def is_bitonal(self) -> bool:
        """Whether pages are black and white before they are written."""
        return self in (Encoding.BITONAL_PDF, Encoding.TIFF)


def encoded(pages: Sequence[Image.Image], encoding: Encoding, dpi: int, quality: int) -> bytes:
    """Return the file of these pages; a JPEG or a PNG holds only one. 0 dpi: none declared."""
    if encoding is Encoding.TIFF:
        return _tiff(pages, dpi)
    if encoding is Encoding.PNG:
        return _png(pages[0], dpi)
    if encoding is Encoding.JPEG:
        return _jpeg(pages[0], dpi, quality)
    if encoding is Encoding.BITONAL_PDF:
        return _pdf([_tiff([page], dpi) for page in pages])
    mode = "L" if encoding is Encoding.GREY_PDF else "RGB"
    return _pdf([_jpeg(page.convert(mode), dpi, quality) for page in pages])


def turned_sideways(pdf: bytes) -> bytes:
    """Return the PDF with pages stored lying and turned upright by /Rotate."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.rotate(90, relative=True)
        return _saved(document)


def locked(pdf: bytes, password: str) -> bytes:
    """Return the PDF behind a password to open (128-bit RC4: AES would draw random bytes)."""
    key = pikepdf.Encryption(owner=password + "-owner", user=password, R=3, aes=False,
                             metadata=False)  # fmt: skip
    with pikepdf.open(io.BytesIO(pdf)) as document:
        target = io.BytesIO()
        document.save(target, static_id=True, encryption=key)
        return target.getvalue()


def _saved(document: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    document.save(target, deterministic_id=True)
    return target.getvalue()


def _pdf(images: Sequence[bytes]) -> bytes:
    return bytes(
        img2pdf.convert(
            list(images),
            nodate=True,
            producer="kho sample city",
            engine=img2pdf.Engine.internal,
        )
    )


def _jpeg(page: Image.Image, dpi: int, quality: int) -> bytes:
    target = io.BytesIO()
    page.save(target, "JPEG", quality=quality, **({"dpi": (dpi, dpi)} if dpi else {}))
    return target.getvalue()


def _png(page: Image.Image, dpi: int) -> bytes:
    target = io.BytesIO()
    page.save(target, "PNG", dpi=(dpi, dpi), compress_level=4)
    return target.getvalue()


def _tiff(pages: Sequence[Image.Image], dpi: int) -> bytes:
    target = io.BytesIO()
    pages[0].save(
        target,
        "TIFF",
        compression="group4",
        dpi=(dpi, dpi),
        save_all=True,
        append_images=list(pages[1:]),
    )
    return target.getvalue()
