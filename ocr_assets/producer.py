"""What kind of program wrote a received PDF, by the names it left."""

import re
from enum import StrEnum

import pikepdf


class Producer(StrEnum):
    """A class of programs; ``OTHER`` is a name we do not know, ``UNKNOWN`` no name at all."""

    OFFICE = "office"
    OCR = "ocr"
    SCANNER = "scanner"
    OTHER = "other"
    UNKNOWN = "unknown"


# Tried in this order: scanning programs call themselves by their maker, OCR ones by their own name.
_NAMES = (
    (
        Producer.OCR,
        r"abbyy|finereader|ocrmypdf|tesseract|omnipage|readiris|i\.r\.i\.s|paper capture",
    ),
    (
        Producer.SCANNER,
        (
            r"scan|kodak|epson|canon|fujitsu|ricoh|xerox|kyocera|konica|bizhub|brother|e-studio"
            r"|paperstream|smart touch|avision|plustek|naps2|twain|imagerunner|hewlett|\bhp\b"
        ),
    ),
    (
        Producer.OFFICE,
        (
            r"microsoft|word|excel|powerpoint|libreoffice|openoffice|pdfmaker|\bwps\b|aspose"
            r"|google docs|chrom|skia"
        ),
    ),
)


def producer_of(pdf: pikepdf.Pdf) -> Producer:
    """Return the class of the program that made ``pdf``; what signed it later does not count."""
    told = pdf.trailer.get("/Info")
    if not isinstance(told, pikepdf.Dictionary):
        return Producer.UNKNOWN
    names = " ".join(_text(told.get(key)) for key in ("/Creator", "/Producer")).lower()
    names = names.split("; modified using")[0].strip()
    if not names:
        return Producer.UNKNOWN
    return next((kind for kind, known in _NAMES if re.search(known, names)), Producer.OTHER)


def _text(value: pikepdf.Object | None) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
