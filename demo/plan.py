"""What the sample city delivers: three batches, file by file, with what is wrong with each."""

from dataclasses import dataclass, field
from enum import StrEnum

from demo.drawing.encode import Encoding
from demo.drawing.scanner import Scan


class Fate(StrEnum):
    """What befell a file besides being scanned."""

    PLAIN = "plain"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    LOCKED = "locked"
    SIGNED = "signed"
    SIDEWAYS = "sideways"
    PHOTO = "photo"
    COPY = "copy"
    MISSING = "missing"
    UNDECLARED = "undeclared"


class Stamp(StrEnum):
    """A stamp pressed on page one."""

    NONE = "none"
    URGENT = "urgent"
    SECRET = "secret"  # noqa: S105 - a stamp, not a password
    INCOMING = "incoming"


class Naming(StrEnum):
    """The three file-naming schemes seen side by side in practice."""

    DOT_ORDINAL = "dot_ordinal"
    THREE_DIGITS = "three_digits"
    AGENCY_TYPE = "agency_type"


@dataclass(frozen=True, slots=True)
class Filing:
    """One file of a delivery: which document, how it was scanned, what became of it.

    A letter from elsewhere lies in the papers of who received it, and bears their stamp.
    """

    document: str
    encoding: Encoding = Encoding.COLOUR_PDF
    scan: Scan = field(default_factory=Scan)
    fate: Fate = Fate.PLAIN
    stamp: Stamp = Stamp.NONE
    outcome: str = "ok"
    reason: str | None = None
    quality: int = 72
    is_handwritten: bool = True
    has_blank_back: bool = False
    is_rescan: bool = False
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One batch folder and who brought it."""

    folder: str
    custodian: str
    box: str
    naming: Naming
    operator: str
    scanner: str
    filings: tuple[Filing, ...]


_BLUISH, _CREAM, _GREY = (246, 253, 255), (254, 251, 240), (243, 243, 243)
_FAX = Scan(dpi=300, skew=0.8, dust=40, blur=0.5)
_CLEAN = Scan()
_STAPLED = Scan(skew=0.9, stapled=True, bleed=6)
_FOLDED = Scan(skew=1.1, fold=True, tint=_CREAM, noise=7)
_OLD = Scan(skew=1.8, punched=True, edge=True, tint=_CREAM, noise=8, blur=0.6, dust=40)
_BLUE = Scan(tint=_BLUISH, noise=4, skew=0.4, bleed=4)
_FINE = Scan(dpi=300, skew=0.5, noise=5, blur=0.6)
_COARSE = Scan(dpi=150, skew=1.0, tint=_GREY, noise=7, blur=0.5)
_LOW = ("degraded", "resolution_low")

PEOPLES_COMMITTEE = (
    Filing("gl-qd-2417", scan=_CLEAN),
    Filing("gl-kh-155", scan=_STAPLED),
    Filing("gl-tb-86", Encoding.BITONAL_PDF, _FAX),
    Filing("gl-bc-412", scan=_OLD),
    Filing("gl-ttr-73", Encoding.TIFF, _FAX),
    Filing("gl-cv-1308", scan=_BLUE, stamp=Stamp.URGENT),
    Filing("snv-cv-2954", scan=_FOLDED, stamp=Stamp.INCOMING,
           has_blank_back=True, received_by="H26.18"),
    Filing("gl-qd-3061", Encoding.JPEG, Scan(bleed=0, dust=4), Fate.PHOTO, outcome="degraded",
           reason="resolution_estimated", quality=78),
    Filing("dx-qd-57", Encoding.PNG, Scan(dpi=200, noise=2, skew=0.5)),
    Filing("gl-ct-04", scan=_CLEAN, fate=Fate.SIDEWAYS),
    Filing("gl-cv-19", scan=_CLEAN, stamp=Stamp.SECRET, outcome="quarantined",
           reason="state_secret"),
    Filing("dx-bc-31", scan=_CLEAN, fate=Fate.TRUNCATED, outcome="failed", reason="damaged"),
    Filing("gl-qd-2417", scan=_CLEAN, fate=Fate.COPY),
    Filing("gl-tb-140", fate=Fate.MISSING, outcome="failed", reason="file_missing"),
    Filing("gl-tb-140", fate=Fate.EMPTY, outcome="failed", reason="empty_file"),
    Filing("ta-tb-12", scan=_FINE, is_handwritten=False),
)  # fmt: skip
PARTY_COMMITTEE = (
    Filing("dx-nq-12", scan=_STAPLED),
    Filing("dx-qd-45", scan=_FOLDED),
    Filing("hu-kl-118", scan=_BLUE),
    Filing("tu-ct-29", scan=Scan(skew=0.7, tint=_CREAM, stapled=True), stamp=Stamp.INCOMING,
           is_handwritten=False, received_by="H26.81.31"),
    Filing("dx-kh-33", Encoding.BITONAL_PDF, _FAX),
    Filing("dx-bc-64", Encoding.GREY_PDF, _OLD),
    Filing("dx-cv-71", scan=_CLEAN),
    Filing("ta-tb-05", scan=_FINE),
    Filing("dx-qd-52", Encoding.JPEG, _CLEAN, Fate.TRUNCATED, outcome="failed", reason="damaged"),
    Filing("dx-bc-70", scan=_CLEAN, fate=Fate.LOCKED, outcome="failed", reason="encrypted"),
    Filing("dx-qd-45", Encoding.GREY_PDF, Scan(skew=2.0, noise=9, tint=_GREY, dust=50, edge=True),
           quality=55, is_rescan=True),
)  # fmt: skip
WOMENS_UNION = (
    Filing("pn-qd-23", scan=_CLEAN),
    Filing("pn-kh-15", scan=_OLD),
    Filing("pn-bc-48", scan=_STAPLED),
    Filing("pn-ttr-09", Encoding.TIFF, _FAX),
    Filing("qd-qd-88", scan=_FOLDED),
    Filing("pn-tb-31", scan=_COARSE, outcome=_LOW[0], reason=_LOW[1]),
    Filing("pn-cv-102", scan=_CLEAN, fate=Fate.SIGNED, is_handwritten=False),
    Filing("pn-nq-06", scan=_BLUE, quality=50),
    Filing("pn-tb-37", scan=_CLEAN, fate=Fate.UNDECLARED, outcome="failed",
           reason="not_in_manifest"),
)  # fmt: skip

DELIVERIES = (
    Delivery("H26.18-20260907-01", "H26.18", "HOP-0118", Naming.DOT_ORDINAL, "NV-07",
             "Fujitsu fi-7700", PEOPLES_COMMITTEE),
    Delivery("H26.83-20260914-01", "H26.83", "HOP-0042", Naming.THREE_DIGITS, "NV-03",
             "Kodak i3450", PARTY_COMMITTEE),
    Delivery("H26.91.05-20260921-01", "H26.91.05", "HOP-0007", Naming.AGENCY_TYPE, "NV-11",
             "Canon DR-G2140", WOMENS_UNION),
)  # fmt: skip


def name_of(delivery: Delivery, ordinal: int) -> str:
    """Return the name of the ``ordinal``-th file (from 1) under the delivery's scheme."""
    filing = delivery.filings[ordinal - 1]
    suffix = filing.encoding.suffix
    if delivery.naming is Naming.DOT_ORDINAL:
        return f"{dossier_of(delivery, ordinal)}.{(ordinal - 1) % 4 + 1}{suffix}"
    if delivery.naming is Naming.THREE_DIGITS:
        return f"{dossier_of(delivery, ordinal)}{(ordinal - 1) % 4 + 1:03d}{suffix}"
    kind = filing.document.split("-")[1].upper()
    return f"{delivery.custodian}_{kind}_{ordinal:06d}_V1_{delivery.folder.split('-')[1]}{suffix}"


def dossier_of(delivery: Delivery, ordinal: int) -> str:
    """Return the code of the dossier a file lies in: four files to a dossier."""
    return f"{delivery.custodian}.2026.{(ordinal - 1) // 4 + 1:03d}"
