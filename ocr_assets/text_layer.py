"""Which kind of text a received page carries before anybody has read it."""

import re
from collections.abc import Iterator
from enum import StrEnum

import pikepdf
from pikepdf import Dictionary, Name

from ocr_assets.drawn import content_of, holders_from, holders_of
from ocr_assets.fonts import has_legacy_text
from ocr_assets.pdf_images import full_page_dpi

_SHOWS = re.compile(rb"\bT[jJ]\b|[)>\]]\s*['\"]")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>", re.DOTALL)
_INVISIBLE = re.compile(rb"(?<![\d.])3\s+Tr\b")
_VISIBLE = re.compile(rb"(?<![\d.])[0-24-7]\s+Tr\b")
_LONGEST_STAMP = 400  # signature stamps on real scans hold 60 to 157 characters


class TextLayer(StrEnum):
    """What text a page came with; the last that applies is the one that counts."""

    NONE = "none"
    SIGNATURE_STAMP = "signature_stamp"
    OLD_OCR = "old_ocr"
    BORN_DIGITAL = "born_digital"
    LEGACY_ENCODED = "legacy_encoded"


def text_layer_of(page: pikepdf.Page) -> TextLayer:
    """Return the kind of text on ``page``, by its instructions and its fonts alone.

    A few words over a picture of the whole page are a stamp; text that nothing shows is the layer
    of an earlier OCR. Whether text is in the codes of old fonts that hide their names is told by
    its characters: ``legacy_text.is_legacy_text``.
    """
    contents = [content_of(holder) for holder in holders_of(page)]
    shown = [content for content in contents if _SHOWS.search(content)]
    hidden = [content for content in shown if _is_invisible(content)]
    if shown and has_legacy_text(page):
        return TextLayer.LEGACY_ENCODED
    visible = sum(_length(content) for content in shown if content not in hidden)
    if visible and (visible > _LONGEST_STAMP or full_page_dpi(page) is None):
        return TextLayer.BORN_DIGITAL
    if hidden:
        return TextLayer.OLD_OCR
    if visible or any(_SHOWS.search(content) for content in _stamps(page)):
        return TextLayer.SIGNATURE_STAMP
    return TextLayer.NONE


def _is_invisible(content: bytes) -> bool:
    return bool(_INVISIBLE.search(content)) and not _VISIBLE.search(content)


def _length(content: bytes) -> int:
    """Return about how many characters the strings of ``content`` hold, blanks left out."""
    return sum(
        len(found[1:-1].strip()) if found[:1] == b"(" else len(found) // 4
        for found in _STRING.findall(content)
    )


def _stamps(page: pikepdf.Page) -> Iterator[bytes]:
    """Yield what draws the annotations and form fields of a page."""
    listed = page.obj.get("/Annots")
    for annotation in listed if isinstance(listed, pikepdf.Array) else ():
        look = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
        normal = look.get(Name.N) if isinstance(look, Dictionary) else None
        if isinstance(normal, pikepdf.Stream):
            yield from map(content_of, holders_from(normal))
