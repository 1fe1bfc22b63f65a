"""What was really received: the kind of file, told by its bytes, and whether it can be worked on.

Declared sizes are looked at before anything is decoded: a picture that claims 40,000 x 40,000
pixels is refused here, because decoders answer it with a blank page or with all our memory.
"""

import hashlib
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError

from ocr_assets.file_facts import FileFacts, facts_of
from ocr_assets.outcome import Reason
from ocr_assets.pdf_images import is_whole, page_images
from ocr_assets.profile import Limits
from ocr_assets.signature_fields import count_signatures

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"
UNKNOWN = "application/octet-stream"
SUFFIXES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", TIFF: ".tif"}

_MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
)
_PROMISES = {
    ".pdf": PDF,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".jpe": JPEG,
    ".png": PNG,
    ".tif": TIFF,
    ".tiff": TIFF,
}
_PDF_HEADER_WITHIN = 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A file that can be worked on, as it lies in the inbox."""

    path: Path
    sha256: str
    size_bytes: int
    media_type: str
    page_count: int
    signature_count: int
    damaged_pages: frozenset[int] = frozenset()
    facts: FileFacts = field(default_factory=FileFacts)


class Refused(Exception):
    """The file cannot become a document; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def media_type_of(path: Path) -> str:
    """Return the media type told by the first bytes, whatever the name says."""
    with path.open("rb") as stream:
        head = stream.read(_PDF_HEADER_WITHIN)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    return PDF if b"%PDF-" in head else UNKNOWN


def is_misnamed(name: str, media_type: str) -> bool:
    """Return whether the name of a file promises another kind than its bytes hold.

    A name without an ending we know promises nothing.
    """
    promised = _PROMISES.get(Path(name).suffix.lower())
    return promised is not None and promised != media_type


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def receive(path: Path, limits: Limits) -> Received:
    """Look at the file at ``path`` as closely as it takes to know that it can be worked on.

    Raises:
        Refused: with the reason.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused(Reason.EMPTY_FILE)
    if size > limits.max_bytes:
        raise Refused(Reason.TOO_LARGE)
    media_type = media_type_of(path)
    if media_type == UNKNOWN:
        raise Refused(Reason.FORMAT_UNKNOWN)
    if media_type == PDF:
        pages, signatures, damaged, facts = _look_into_pdf(path, limits)
    else:
        sizes, signatures, damaged = _look_into_image(path, limits), 0, frozenset[int]()
        pages, facts = len(sizes), FileFacts(picture_sizes=sizes)
    return Received(path, digest_of(path), size, media_type, pages, signatures, damaged, facts)


def _look_into_image(path: Path, limits: Limits) -> tuple[tuple[int, int], ...]:
    """Return the sizes of the pictures in an image file, every one of them decoded once."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd tags; the sizes are looked at here
            with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
                sizes = []
                for frame in ImageSequence.Iterator(image):
                    sizes.append(frame.size)
                    _allow(frame.width, frame.height, len(sizes), limits)
                    frame.load()
    except Image.DecompressionBombError as error:
        raise Refused(Reason.TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise Refused(Reason.DAMAGED) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused(Reason.DAMAGED) from error
    if not sizes:
        raise Refused(Reason.NO_PAGES)
    return tuple(sizes)


def _allow(width: float, height: float, pages: int, limits: Limits) -> None:
    if pages > limits.max_pages:
        raise Refused(Reason.TOO_MANY_PAGES)
    if max(width, height) > limits.max_side or width * height > limits.max_pixels:
        raise Refused(Reason.TOO_LARGE)


def _look_into_pdf(path: Path, limits: Limits) -> tuple[int, int, frozenset[int], FileFacts]:
    """Return pages, signatures, the pages with an image that does not decode, and facts."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if pdf.is_encrypted and not pdf.user_password_matched:
                raise Refused(Reason.ENCRYPTED)
            _measure(pdf, limits)
            damaged = frozenset(
                number
                for number, page in enumerate(pdf.pages, start=1)
                if not all(is_whole(image) for image in page_images(page))
            )
            return len(pdf.pages), count_signatures(pdf), damaged, facts_of(pdf, path)
    except pikepdf.PasswordError as error:
        raise Refused(Reason.ENCRYPTED) from error
    except pikepdf.PdfError as error:
        raise Refused(reason_of(error)) from error
    except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(Reason.DAMAGED) from error


def reason_of(error: Exception) -> Reason:
    """Return the reason behind an error of the PDF library, which has only words for most."""
    told = str(error).lower()
    if "bad_alloc" in told:
        return Reason.OUT_OF_MEMORY
    if "encrypt" in told or "password" in told:
        return Reason.ENCRYPTED
    return Reason.DAMAGED


def _measure(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Refuse a document without pages, or with a page or picture larger than allowed."""
    if len(pdf.pages) == 0:
        raise Refused(Reason.NO_PAGES)
    if len(pdf.pages) > limits.max_pages:
        raise Refused(Reason.TOO_MANY_PAGES)
    for page in pdf.pages:
        left, bottom, right, top = (float(number) for number in page.mediabox)
        _allow(abs(right - left), abs(top - bottom), 1, limits)  # in points: 10 m at most
        for image in page_images(page):
            _allow(int(image.get("/Width", 0)), int(image.get("/Height", 0)), 1, limits)
