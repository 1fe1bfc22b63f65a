"""A stack of documents scanned in one go, cut apart at its separator sheets.

Parts keep the picture streams of their pages byte for byte, and hold nothing of the pages of
others. The same stack gives the same parts. What the received file was signed with stays with it.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from numpy.typing import NDArray

from ocr_assets.outcome import Reason
from ocr_assets.parts import Part, Stack
from ocr_assets.picture_pdf import picture_pdf
from ocr_assets.profile import Limits
from ocr_assets.receive import PDF, digest_of, receive
from ocr_assets.separators import Separator, separator_on

_DPI = 100.0
_LONGEST = 1800  # pixels of a page looked at; larger sheets are looked at coarser
_POINTS = 72.0


def cut(
    source: Path,
    target: Path,
    expected: int,
    limits: Limits,
    announce: Callable[[int], None] = lambda pages: None,  # noqa: ARG005
) -> Stack:
    """Cut the stack at ``source`` into files under ``target``, if it holds as many as expected.

    Where the numbers differ nothing is cut: one part then holds two documents, and what is read on
    the one would be taken for the other's. A person looks, with the pages of the sheets at hand.

    Raises:
        Refused: the file cannot be worked on.
    """
    received = receive(source, limits)
    announce(received.page_count)
    data = source.read_bytes() if received.media_type == PDF else picture_pdf(source)[0]
    sheets = list(_sheets(data))
    parts = tuple(_parts(sheets))
    found = Stack(len(sheets), sum(sheet is not None for sheet in sheets), parts)
    if len(parts) != expected:
        return replace(found, reason=Reason.SEPARATORS_DIFFER)
    target.mkdir(parents=True, exist_ok=True)
    return replace(found, parts=tuple(_written(data, parts, target)))


def _sheets(data: bytes) -> Iterator[Separator | None]:
    """Yield for each page what it separates with, or None."""
    with closing(pdfium.PdfDocument(data)) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                pixels, dpi = _grey(page)
            yield separator_on(pixels, dpi)


def _grey(page: pdfium.PdfPage) -> tuple[NDArray[np.uint8], float]:
    inches = max(*page.get_size(), 1.0) / _POINTS
    dpi = min(_DPI, _LONGEST / inches)
    with closing(page.render(scale=dpi / _POINTS, grayscale=True)) as bitmap:
        pixels = bitmap.to_numpy()
        return np.array(pixels[..., 0] if pixels.ndim == 3 else pixels), dpi


def _parts(sheets: Sequence[Separator | None]) -> Iterator[Part]:
    """Yield the runs of pages between separator sheets; two sheets in a row hold nothing."""
    number, start, before = 0, 1, None
    for page, sheet in enumerate((*sheets, Separator("end")), start=1):
        if sheet is None:
            continue
        if page > start:
            number += 1
            dossier = before.dossier_code if before else None
            yield Part(number, start, page - 1, before.kind if before else "none", dossier)
        before = sheet if page != start or before is None or sheet.dossier_code else before
        start = page + 1


def _written(data: bytes, parts: Sequence[Part], target: Path) -> Iterator[Part]:
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source:
        for part in parts:
            path = target / f"part-{part.number:04d}.pdf"
            with pikepdf.new() as alone:
                alone.pages.extend(source.pages[part.first_page - 1 : part.last_page])
                # a stack's pages often share one list of pictures: the others' must not come along
                alone.remove_unreferenced_resources()
                alone.save(
                    path,
                    deterministic_id=True,
                    compress_streams=False,
                    stream_decode_level=pikepdf.StreamDecodeLevel.none,
                )
            size = path.stat().st_size
            yield replace(part, path=path, sha256=digest_of(path), size_bytes=size)
