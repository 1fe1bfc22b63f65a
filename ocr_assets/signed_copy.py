"""Verify a copy that we signed: it is the judged copy, our signature holds, nothing else came in.

This never runs in the process that holds the key.
"""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import pdfa

from ocr_assets.judge import judge
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
            and _keeps_its_form(signed.path, copy)
            and _keeps_what_it_shows(signed.path, copy, texts)
        )
    except (pikepdf.PdfError, *PARSING):
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


def _keeps_its_form(signed: Path, copy: Path) -> bool:
    """Return whether pikepdf's judge finds nothing new but the form, which it knows nothing of."""
    before = {found.message for found in pdfa.validate_written(copy, FLAVOUR).findings}
    after = pdfa.validate_written(signed, FLAVOUR)
    new = [found for found in after.findings if found.message not in before]
    return all(found.kind == "unsupported" and "/AcroForm" in found.message for found in new)


def _keeps_what_it_shows(signed: Path, copy: Path, texts: Sequence[str]) -> bool:
    with pikepdf.open(copy) as pdf:
        images = [tuple(map(fingerprint, page_images(page))) for page in pdf.pages]
    found = judge(signed, texts, images)
    return found.is_text_equal and found.are_images_unchanged
