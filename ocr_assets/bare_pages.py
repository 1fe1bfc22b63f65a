"""The pages of a received PDF and nothing else: no forms, annotations, old text layers, leftovers.

Signatures stop holding in this copy, of course; the received bytes stay untouched beside it.
"""

import re
import warnings
from collections.abc import Iterable

import pikepdf
from ocrmypdf._graft import strip_invisible_text
from pikepdf import Dictionary, Name, Pdf

from ocr_assets.drawn import content_of, holders_of, resource_of

_KEPT_OF_A_PAGE = frozenset(
    ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
)
_KEPT_RESOURCES = frozenset(
    ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/Properties")
)
_NAMED_BY = {
    Name.Font: re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b"),
    Name.XObject: re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b"),
}
_INVISIBLE = re.compile(rb"(?<![\d.])3\s+Tr\b")


def bare_pages(source: Pdf) -> Pdf:
    """Return a fresh document of the pages alone, looking as they looked before.

    What annotations and form fields show becomes part of the page (stamped numbers and days are
    often form fields); what draws nothing is left behind.
    """
    source.generate_appearance_streams()
    source.flatten_annotations("all")
    fresh = Pdf.new()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # the fields are meant to go
        fresh.pages.extend(source.pages)
    for page in fresh.pages:
        _drop(page.obj, _KEPT_OF_A_PAGE)
        # one plain stream: producers leave keys of their own on content streams
        page.obj.Contents = fresh.make_stream(content_of(page.obj))
        prune(page)
        if any(_INVISIBLE.search(content_of(holder)) for holder in holders_of(page)):
            strip_invisible_text(fresh, page)
            prune(page)
    return fresh


def prune(page: pikepdf.Page) -> None:
    """Drop what the page's instructions, and those of its forms, never name.

    Signature stamps carry such leftovers; the PDF/A validator stumbles over them.
    """
    for holder in holders_of(page):
        content = content_of(holder)
        for kind, pattern in _NAMED_BY.items():
            names = (found.decode("latin-1") for found in pattern.findall(content))
            _drop_unnamed(resource_of(holder, kind), set(names))
        resources = holder.get("/Resources")
        if isinstance(resources, Dictionary):
            _drop(resources, _KEPT_RESOURCES)


def _drop(holder: pikepdf.Object, kept: Iterable[str]) -> None:
    for key in set(holder.as_dict()) - set(kept):
        del holder[key]


def _drop_unnamed(resources: Dictionary | None, named: set[str]) -> None:
    if resources is None:
        return
    for key in list(resources.as_dict()):
        if not {key[1:], _as_written(key[1:])} & named:
            del resources[key]


def _as_written(name: str) -> str:
    """Return a name as content streams write it, with ``#xx`` for unusual characters."""
    return re.sub(r"[^!-~]|[#()<>\[\]{}/%]", lambda found: f"#{ord(found[0]):02x}", name)
