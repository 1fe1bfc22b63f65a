"""The signatures of a received file as facts; a file without any costs nothing.

What examines signatures takes most of a second to load, so it waits for the first signed file.
"""

from pathlib import Path

import pikepdf

from ocr_assets.digitized import Digitized
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.receive import PDF
from ocr_assets.signature import Signature
from ocr_assets.signature_fields import signature_fields


def signatures_of(path: Path, trust_store: Path | None = None) -> tuple[Signature, ...]:
    """Return the signatures of the PDF at ``path`` in the order they were made.

    Certificates are held against ``trust_store``, a folder of roots, where one is given.
    """
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        fields = signature_fields(pdf)
    if not fields:
        return ()
    from ocr_assets.signature_facts import examine  # noqa: PLC0415 - loads pyHanko

    return examine(path, fields, trust_store)


def signatures_in(source: Path, done: Digitized, trust_store: Path | None) -> tuple[Signature, ...]:
    """Return the signatures of a digitised file; of one that may not be kept or opened, none."""
    was_opened = done.outcome is not Outcome.FAILED or done.reason is Reason.OCR_FAILED
    if done.media_type != PDF or done.reason is Reason.STATE_SECRET or not was_opened:
        return ()
    try:
        return signatures_of(source, trust_store)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError):  # readable a moment ago
        return ()
