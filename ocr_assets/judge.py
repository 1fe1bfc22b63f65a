"""The judges of an archive copy that work in this process: its form, its text, its pictures.

pikepdf's validator may refuse a good file; veraPDF, which wrote nothing here, judges after it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import pdfa
from pypdf import PdfReader

from ocr_assets.outcome import Reason
from ocr_assets.pdf_images import fingerprint, page_images
from ocr_assets.prepare import FLAVOUR
from ocr_assets.verdict import Verdict

_WORDS = {
    "pass": Verdict.PASSED,
    "fail": Verdict.FAILED,
    "not_checked": Verdict.NOT_CHECKED,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found about one archive copy."""

    pikepdf: Verdict
    is_text_equal: bool
    are_images_unchanged: bool


def judge(archive: Path, texts: Sequence[str], images: Sequence[Sequence[str]]) -> Judgement:
    """Hold ``archive`` against what should be in it, page by page.

    ``texts`` is what a reader should get out of each page; ``images`` the fingerprints of the
    pictures each page was received with.
    """
    return Judgement(
        pikepdf=_WORDS[pdfa.validate_written(archive, FLAVOUR).verdict],
        is_text_equal=_normal(texts) == _normal(page_texts(archive)),
        are_images_unchanged=_holds(archive, images),
    )


def page_texts(pdf: Path) -> tuple[str, ...]:
    """Return the text of each page as a reader of the file gets it."""
    with PdfReader(pdf) as reader:
        return tuple(page.extract_text() for page in reader.pages)


def objection(found: Judgement, verapdf: Verdict) -> Reason | None:
    """Return why the copy may not be used, or None where every judge has agreed.

    A construct that pikepdf's validator has no opinion about (JPEG 2000) is left to veraPDF.
    """
    said = (found.pikepdf, verapdf)
    if Verdict.FAILED in said:
        return Reason.NOT_ARCHIVAL
    if Verdict.NOT_JUDGED in said or verapdf is not Verdict.PASSED:
        return Reason.NOT_JUDGED
    if not found.is_text_equal:
        return Reason.TEXT_DIFFERS
    return None if found.are_images_unchanged else Reason.IMAGE_CHANGED


def _normal(texts: Sequence[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def _holds(archive: Path, images: Sequence[Sequence[str]]) -> bool:
    """Return whether each page still holds the pictures it came with; stamps may have come in."""
    with pikepdf.open(archive) as pdf:
        kept = [Counter(map(fingerprint, page_images(page))) for page in pdf.pages]
    if len(kept) != len(images):
        return False
    return all(Counter(came) <= now for came, now in zip(images, kept, strict=True))
