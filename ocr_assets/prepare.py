"""Any readable input made ready for OCRmyPDF's own PDF/A writer and for both judges.

Pictures keep their bytes. Only a page that PDF/A cannot take as it is becomes a picture of itself,
and then it says so.
"""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import img2pdf
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Pdf, pdfa
from PIL import Image

from ocr_assets.bare_pages import bare_pages
from ocr_assets.cmyk import define_cmyk
from ocr_assets.contents import draws_text, hidden_layers, hides_something, make_plain
from ocr_assets.fonts import embed_missing_fonts, has_legacy_text
from ocr_assets.outcome import Reason
from ocr_assets.pdf_images import fingerprint, full_page_dpi, largest_picture, page_images
from ocr_assets.picture_pdf import Resolution, picture_pdf, resolution_of
from ocr_assets.raster import rasterise
from ocr_assets.receive import PDF, Received, Refused, reason_of

FLAVOUR = "2b"
_RENDERED_DPI = 300


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """One page as it will be read: the pictures it came with, by hash, and their resolution."""

    images: tuple[str, ...]
    resolution: Resolution | None
    is_rendered: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF whose pages look as received and hold nothing PDF/A forbids."""

    pdf: Path
    pages: tuple[PreparedPage, ...]


def prepare(received: Received, target: Path, *, fonts: Path) -> Prepared:
    """Write what was received to ``target``, ready to be read and archived.

    ``fonts`` is the folder of font packages that stand in for fonts a PDF does not carry.

    Raises:
        Refused: what looked sound from outside is damaged inside.
    """
    try:
        if received.media_type == PDF:
            return _from_pdf(received, target, fonts)
        return _from_pictures(received.path, target)
    except pikepdf.PdfError as error:
        raise Refused(reason_of(error)) from error
    except (pdfium.PdfiumError, img2pdf.ImageOpenError) as error:
        raise Refused(Reason.DAMAGED) from error
    except (ValueError, TypeError, KeyError, RuntimeError, OSError) as error:
        raise Refused(Reason.DAMAGED) from error


def _from_pictures(path: Path, target: Path) -> Prepared:
    data, resolutions = picture_pdf(path)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            define_cmyk(pdf, page)
        images = [tuple(map(fingerprint, page_images(page))) for page in pdf.pages]
        _save(pdf, target)
    pages = zip(images, resolutions, strict=True)
    return Prepared(target, tuple(PreparedPage(prints, found) for prints, found in pages))


def _from_pdf(received: Received, target: Path, fonts: Path) -> Prepared:
    """Prepare page by page; a damaged picture is kept as far as it shows, without fingerprint."""
    damaged = {number - 1 for number in received.damaged_pages}
    with pikepdf.open(received.path, suppress_warnings=True) as source:
        legacy = {number - 1 for number in received.facts.legacy_pages} | _legacy_pages(source)
        unclear = _unclear_pages(source) | damaged
        came_with = [
            () if number in damaged else tuple(map(fingerprint, page_images(page)))
            for number, page in enumerate(source.pages)
        ]
        pdf = bare_pages(source)
        unclear |= {number for number in legacy if draws_text(pdf.pages[number])}
        for page in pdf.pages:
            make_plain(pdf, page)
            embed_missing_fonts(pdf, page, fonts)
            define_cmyk(pdf, page)
        rendered = unclear | set(_not_archival(pdf))
        found = [_resolution(page) for page in pdf.pages]
        for number in sorted(rendered):
            _replace_by_picture(pdf, number, received.path)
        pdfa.prepare(pdf, FLAVOUR)
        _save(pdf, target)
    pages = (
        PreparedPage(prints, resolution, n in rendered)
        for n, (prints, resolution) in enumerate(zip(came_with, found, strict=True))
    )
    return Prepared(target, tuple(pages))


def _resolution(page: pikepdf.Page) -> Resolution | None:
    """Return the resolution of the scan that is the page; of an absurd page, what A4 would give."""
    dpi = full_page_dpi(page)
    return resolution_of(*largest_picture(page), dpi) if dpi else None


def _unclear_pages(source: Pdf) -> set[int]:
    """Return the pages (from 0) whose instructions do not tell what a reader sees."""
    hidden = hidden_layers(source)
    pages = enumerate(source.pages)
    return {number for number, page in pages if hides_something(page, hidden)}


def _legacy_pages(source: Pdf) -> set[int]:
    """Return the pages (from 0) with text from before Unicode.

    Where it was a layer behind a picture it is gone from the bare page; only a page that shows such
    text must become a picture of itself.
    """
    return {number for number, page in enumerate(source.pages) if has_legacy_text(page)}


def _save(pdf: Pdf, target: Path) -> None:
    """Save without what names the moment: the same pages must give the same bytes."""
    for holder, key in ((pdf.Root, "/Metadata"), (pdf.trailer, "/Info"), (pdf.trailer, "/ID")):
        if key in holder:
            del holder[key]
    pdf.save(target, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))


def _not_archival(pdf: Pdf) -> Iterator[int]:
    """Yield the pages (from 0) that PDF/A cannot take as they are."""
    if _is_acceptable(pdf):
        return
    for number, page in enumerate(pdf.pages):
        with Pdf.new() as alone:
            alone.pages.append(page)
            if not _is_acceptable(alone):
                yield number


def _is_acceptable(pdf: Pdf) -> bool:
    """Return whether nothing speaks against ``pdf``; JPEG 2000 is left to veraPDF to judge."""
    pdfa.prepare(pdf, FLAVOUR)
    findings = pdfa.check(pdf, FLAVOUR).findings
    return all(f.kind == "unsupported" and "JPEG 2000" in f.message for f in findings)


def _replace_by_picture(pdf: Pdf, number: int, source: Path) -> None:
    raster = rasterise(source, number + 1, _RENDERED_DPI)
    size = _size_as_seen(pdf.pages[number])
    with closing(io.BytesIO()) as jpeg:
        Image.fromarray(raster.pixels).save(jpeg, "JPEG", quality=90, subsampling=0)
        page = img2pdf.convert(jpeg.getvalue(), layout_fun=lambda *_: size * 2, nodate=True)
    with pikepdf.open(io.BytesIO(page)) as picture:
        pdf.pages[number] = picture.pages[0]


def _size_as_seen(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height in points, turned as the page is."""
    left, bottom, right, top = (float(number) for number in page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    wide, high = abs(right - left) * unit, abs(top - bottom) * unit
    return (high, wide) if int(page.obj.get("/Rotate", 0)) % 180 else (wide, high)
