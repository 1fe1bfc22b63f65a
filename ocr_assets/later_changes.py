"""What was added to a file after it was signed, as pyHanko's comparison of revisions tells it."""

from typing import BinaryIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from ocr_assets.signature import Coverage, LaterChanges

_LEVELS = {
    ModificationLevel.NONE: LaterChanges.NONE,
    ModificationLevel.LTA_UPDATES: LaterChanges.VALIDATION_DATA,
    ModificationLevel.FORM_FILLING: LaterChanges.FORM_FILLING,
    ModificationLevel.ANNOTATIONS: LaterChanges.ANNOTATIONS,
    ModificationLevel.OTHER: LaterChanges.OTHER,
}
#: What parsers of hostile bytes raise: their own errors, and those of code that trusted them.
PARSING = (
    PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    OSError,
    NotImplementedError,
)
Said = tuple[Coverage, LaterChanges, bool | None]
_UNKNOWN = (Coverage.UNKNOWN, LaterChanges.UNKNOWN, None)


class Revisions:
    """The revisions of one open file; read when they are first asked about."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._reader: PdfFileReader | None = None

    def since(self, field_name: str) -> Said:
        """Return what was added since ``field_name`` was signed, and whether that was allowed."""
        try:
            reader = self._opened()
            for name, _, field in enumerate_sig_fields(reader, filled_status=True):
                if name == field_name:
                    return _compared(EmbeddedPdfSignature(reader, field, name))
        except PARSING:
            return _UNKNOWN
        return _UNKNOWN

    def _opened(self) -> PdfFileReader:
        if self._reader is None:
            reader = PdfFileReader(self._stream, strict=False)
            if reader.security_handler is not None:
                reader.decrypt(b"")
            self._reader = reader
        return self._reader


def _compared(signature: EmbeddedPdfSignature) -> Said:
    coverage = signature.evaluate_signature_coverage()
    signature.coverage = coverage  # type: ignore[assignment]  # the library leaves it untyped
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Coverage.PART, LaterChanges.UNKNOWN, False
    found = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if not isinstance(found, DiffResult):
        return Coverage.EARLIER_REVISION, LaterChanges.OTHER, False
    level, allowed = found.modification_level, signature.docmdp_level
    is_allowed = level is not ModificationLevel.OTHER and (
        allowed is None or level.value <= allowed.value
    )
    return Coverage.EARLIER_REVISION, _LEVELS[level], is_allowed
