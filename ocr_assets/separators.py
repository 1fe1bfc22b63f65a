"""Whether a page is a separator sheet: PATCH-T bars, or a QR code that says so.

A QR code says ``KHO-SEPARATOR``, or ``KHO:DOSSIER=<code>`` where the document that follows belongs
to a dossier of its own. Any other QR code is part of a document.
"""

import re
from dataclasses import dataclass

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from ocr_assets.patch_code import bears_patch_t

PLAIN, OF_A_DOSSIER = "KHO-SEPARATOR", "KHO:DOSSIER="
_CODE = re.compile(r"[\w.\-/ ]{1,100}")
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class Separator:
    """A separator sheet: how it was told, and the dossier it opens if it names one."""

    kind: str  # patch_t or qr
    dossier_code: str | None = None


def is_dossier_code(text: str) -> bool:
    """Return whether a sheet may carry ``text`` as the code of a dossier."""
    return _CODE.fullmatch(text) is not None


def separator_on(grey: NDArray[np.uint8], dpi: float) -> Separator | None:
    """Return what a page (grey, at about ``dpi``) separates with; None for a page of a document."""
    told = [text for text in _texts_of_codes(grey) if _is_ours(text)]
    dossiers = [text.removeprefix(OF_A_DOSSIER) for text in told if text != PLAIN]
    dossier = dossiers[0] if dossiers else None
    if told:
        return Separator("qr", dossier)
    return Separator("patch_t") if bears_patch_t(grey, dpi) else None


def _texts_of_codes(grey: NDArray[np.uint8]) -> list[str]:
    codes = zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=_QR, try_invert=False)
    return [code.text.strip() for code in codes]


def _is_ours(text: str) -> bool:
    if text.startswith(OF_A_DOSSIER):
        return is_dossier_code(text.removeprefix(OF_A_DOSSIER))
    return text == PLAIN
