"""One call of OCRmyPDF: from a prepared PDF to a searchable one, and what was read."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ocrmypdf
from ocrmypdf.exceptions import ExitCodeException, MissingDependencyError

from ocr_assets.desk import Desk
from ocr_assets.errors import ArchiveRefused, EngineMissing
from ocr_assets.plugin import plugin_manager
from ocr_assets.reader import Reader
from ocr_assets.reading import PageReading

_TALKATIVE = ("ocrmypdf", "pikepdf", "fontTools", "fpdf", "pdfminer", "img2pdf")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What OCRmyPDF and the reader made of one file.

    ``readings`` holds the pages that were read, in page order; ``unread`` the numbers of those
    that could not be. ``layers`` is the invisible text written for each page, from page 1: all
    that was read, less the words the page shows as text of its own (stamps, born digital pages).
    ``hashes`` says what pages look like (page_hash.py), by their number.
    """

    readings: tuple[PageReading, ...]
    unread: tuple[int, ...]
    layers: tuple[str, ...]
    hashes: Mapping[int, str | None] = field(default_factory=dict)


def recognize(
    prepared: Path,
    archive: Path,
    *,
    reader: Reader,
    dpi: float = 300,
) -> Recognition:
    """Write ``prepared`` with an invisible text layer to ``archive``, a PDF yet to be sealed.

    Page images keep their bytes. A page found lying on its side is turned by its /Rotate entry.

    Raises:
        EngineMissing: OCRmyPDF misses one of its parts.
        ArchiveRefused: OCRmyPDF could not write this file.
    """
    desk = Desk(reader, dpi)
    with _silence():
        try:
            code = ocrmypdf.ocr(
                prepared,
                archive,
                plugin_manager=plugin_manager(desk),
                **_OPTIONS,
            )
        except MissingDependencyError as error:
            raise EngineMissing("OCRmyPDF misses a part; run ./kho setup") from error
        except ExitCodeException as error:
            raise ArchiveRefused(f"OCRmyPDF refused the file: {type(error).__name__}") from error
    if code != ocrmypdf.ExitCode.ok:
        raise ArchiveRefused(f"OCRmyPDF ended with {code.name}")
    return _recognition(desk)


_OPTIONS: dict[str, Any] = {
    "language": ["vie"],
    # What makes it PDF/A is put in when it is sealed, and judged once, on the bytes that are kept.
    "output_type": "pdf",
    "rasterizer": "pypdfium",
    "mode": "redo",  # reads pages with text too, and keeps their visible text
    "rotate_pages": True,
    "optimize": 0,
    "jobs": 1,
    "use_threads": True,  # one page after the other, in this process: the desk sees them all
    "progress_bar": False,
}


def _recognition(desk: Desk) -> Recognition:
    pages = max((*desk.readings, *desk.unread, *desk.layers), default=0)
    return Recognition(
        tuple(desk.readings[page] for page in sorted(desk.readings)),
        tuple(sorted(desk.unread)),
        tuple(desk.layers.get(page, "") for page in range(1, pages + 1)),
        dict(desk.hashes),
    )


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries' loggers quiet: their lines may quote the document."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
