"""Verify a copy that we signed: it is the judged copy, our signature holds, nothing else came in.

This never runs in the process that holds the key.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from pikepdf import pdfa
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ocr_assets.later_changes import PARSING
from ocr_assets.pdf_images import fingerprint, page_images
from ocr_assets.prepare import FLAVOUR
from ocr_assets.signature import Coverage, Integrity
from ocr_assets.signatures import signatures_of
from ocr_assets.signing import SignedCopy

_CHUNK = 1 << 20


def is_sound(copy: Path, signed: SignedCopy, texts: Sequence[str]) -> bool:
    """Return whether ``signed`` is ``copy`` with our signature added, and nothing else changed.

    ``texts`` is what a reader gets out of each page; the mark is an annotation and adds nothing.
    """
    try:
        return (
            _begins_with(signed.path, copy)
            and _bears_our_signature_only(signed)
            and _keeps_its_form(signed.path)
            and _keeps_what_it_shows(signed.path, copy, texts)
        )
    except (pikepdf.PdfError, pdfium.PdfiumError, PyPdfError, *PARSING):
        return False


def _begins_with(signed: Path, copy: Path) -> bool:
    """Return whether the judged copy is there byte for byte, so that cutting gives it back."""
    with signed.open("rb") as ours, copy.open("rb") as judged:
        while expected := judged.read(_CHUNK):
            if ours.read(len(expected)) != expected:
                return False
    return True


def _bears_our_signature_only(signed: SignedCopy) -> bool:
    found = signatures_of(signed.path)
    if len(found) != 1:
        return False
    [ours] = found
    is_whole = (ours.integrity, ours.coverage) == (Integrity.INTACT, Coverage.WHOLE_FILE)
    return is_whole and ours.certificate_sha256 == signed.certificate_sha256 and ours.page == 1


def _keeps_its_form(signed: Path) -> bool:
    """Return whether pikepdf's judge objects to nothing but what it has no opinion about.

    It knows neither the signature's form nor JPEG 2000; the copy without the form it has judged.
    """
    found = pdfa.validate_written(signed, FLAVOUR).findings
    unknown = ("/AcroForm", "JPEG 2000")
    return all(
        one.kind == "unsupported" and any(u in one.message for u in unknown) for one in found
    )


def _keeps_what_it_shows(signed: Path, copy: Path, texts: Sequence[str]) -> bool:
    """Return whether every page shows what it showed, by text and pictures.

    pypdf, which takes ten times as long, reads the one page that the update touches.
    """
    with PdfReader(signed) as reader:
        first = reader.pages[0].extract_text()
    is_as_read = first.split() == texts[0].split()
    return is_as_read and _texts(signed) == _texts(copy) and _images(signed) == _images(copy)


def _texts(path: Path) -> list[str]:
    with closing(pdfium.PdfDocument(path)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _images(path: Path) -> list[tuple[str, ...]]:
    with pikepdf.open(path) as pdf:
        return [tuple(map(fingerprint, page_images(page))) for page in pdf.pages]
