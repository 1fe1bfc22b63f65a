"""What is known about one digital signature of a received file; light to import."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What was put on the file."""

    SIGNATURE = "signature"
    DOCUMENT_TIMESTAMP = "document_timestamp"


class Integrity(StrEnum):
    """Whether the signed bytes are those that were signed, by the key of the certificate."""

    INTACT = "intact"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    WHOLE_FILE = "whole_file"
    FROM_HEADER = "from_header"  # all but bytes that stand before the PDF's own beginning
    EARLIER_REVISION = "earlier_revision"  # the whole file as it was; something was added later
    PART = "part"
    UNKNOWN = "unknown"


class LaterChanges(StrEnum):
    """What was added to the file after a signature, the most serious of it."""

    NONE = "none"
    VALIDATION_DATA = "validation_data"
    FORM_FILLING = "form_filling"  # further signatures, values of form fields
    ANNOTATIONS = "annotations"
    OTHER = "other"
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """Whether the certificate leads to an authority of the trust store."""

    NOT_EXAMINED = "not_examined"  # no trust store is configured
    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"


class Problem(StrEnum):
    """Why something about a signature could not be found out."""

    UNREADABLE = "unreadable"
    FORMAT_UNSUPPORTED = "format_unsupported"
    CERTIFICATE_MISSING = "certificate_missing"
    TOO_MANY = "too_many"


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as found in the file; nothing was asked of anybody outside.

    ``box`` is where its mark stands on the page as displayed (fractions: left, top, right,
    bottom), None for an invisible one. Times are as claimed, unless a timestamp says them.
    """

    ordinal: int
    field_name: str = ""
    kind: Kind = Kind.SIGNATURE
    subfilter: str | None = None
    integrity: Integrity = Integrity.UNKNOWN
    coverage: Coverage = Coverage.UNKNOWN
    later_changes: LaterChanges = LaterChanges.UNKNOWN
    are_later_changes_allowed: bool | None = None
    problem: Problem | None = None
    trust: Trust = Trust.NOT_EXAMINED
    signer_name: str | None = None
    signer_organization: str | None = None
    issuer_name: str | None = None
    serial_number: str | None = None
    certificate_sha256: str | None = None
    certificate_valid_from: datetime | None = None
    certificate_valid_to: datetime | None = None
    signed_at: datetime | None = None
    timestamp_at: datetime | None = None
    timestamp_integrity: Integrity | None = None
    digest_algorithm: str | None = None
    signature_algorithm: str | None = None
    page: int | None = None
    box: Box | None = None

    @property
    def is_valid(self) -> bool:
        """Return whether it is intact and what came after it was allowed; trust is apart."""
        covered = (Coverage.WHOLE_FILE, Coverage.EARLIER_REVISION)
        is_covered = self.coverage in covered and self.are_later_changes_allowed is True
        return self.integrity is Integrity.INTACT and is_covered
