"""The fonts of the invisible text: those OCRmyPDF brings along, loaded once a process.

OCRmyPDF looks through the machine's fonts for every script it knows, anew for each document. That
costs more than writing the text, and the copy of a scan would depend on where it was made.
"""

from functools import lru_cache
from pathlib import Path

import ocrmypdf.font
from ocrmypdf.font import BuiltinFontProvider, MultiFontManager


@lru_cache(maxsize=1)
def _brought_along(folder: Path) -> BuiltinFontProvider:
    return BuiltinFontProvider(folder)


def own_fonts(folder: Path) -> MultiFontManager:
    """Return a choice among the fonts in OCRmyPDF's own ``folder``, for one document.

    What it notes about words goes with the document; the fonts stay loaded.
    """
    return MultiFontManager(font_provider=_brought_along(folder))


def use_own_fonts() -> None:
    """Have OCRmyPDF take these: it asks its module for the class whenever it writes a document."""
    ocrmypdf.font.MultiFontManager = own_fonts  # type: ignore[misc,assignment]
