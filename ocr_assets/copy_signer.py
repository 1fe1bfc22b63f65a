"""Sign an archive copy: PAdES B-B as an incremental update, with a mark in text on page one.

This is the only module that opens the key. It parses nothing but the skeleton of a PDF that we
wrote ourselves and two judges have passed, and that in Python alone; verifying is done elsewhere.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import LayoutError
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

from ocr_assets.errors import KeyUnusable, TimestampSilent
from ocr_assets.later_changes import PARSING
from ocr_assets.mark import MarkFont, mark_of, style_of
from ocr_assets.mark_place import Sheet, place
from ocr_assets.signature import Box
from ocr_assets.signing import SignedCopy, SigningKey

FIELD = "KhoSignature"
_DEEPEST_TREE = 50


class CopySigner:
    """An opened key, ready to sign copies."""

    def __init__(self, key: SigningKey, fonts: Path) -> None:
        """Open ``key``; ``fonts`` is the folder of font packages.

        Raises:
            KeyUnusable: the key cannot be opened, or its certificate is not valid today.
        """
        self._signer = _opened(key)
        self._agency = key.mark or _name_in(self._certificate)
        try:
            self._font = MarkFont(fonts, self._agency)
        except ValueError as error:
            raise KeyUnusable(f"the mark cannot be drawn: {error}; see KHO_SIGNING_MARK") from error
        self._timestamper = HTTPTimeStamper(key.timestamp_url) if key.timestamp_url else None

    @property
    def _certificate(self) -> x509.Certificate:
        certificate = self._signer.signing_cert
        if certificate is None:
            raise KeyUnusable("the signing key comes without its certificate")
        return certificate

    def attempt(self, copy: Path, target: Path, taken: Sequence[Box]) -> SignedCopy | None:
        """Sign as ``sign`` does; return None for a copy that cannot be signed.

        Raises:
            TimestampSilent: the timestamp authority gave no timestamp.
        """
        try:
            return self.sign(copy, target, taken)
        except (SigningError, LayoutError, *PARSING):
            return None

    def sign(self, copy: Path, target: Path, taken: Sequence[Box]) -> SignedCopy:
        """Write ``copy`` with our signature to ``target``.

        ``taken`` are the boxes of marks that page one shows already.

        Raises:
            TimestampSilent: the timestamp authority gave no timestamp.
        """
        moment = datetime.now(UTC).replace(microsecond=0)
        with copy.open("rb") as source, target.open("wb") as out:
            writer = _Writer(source)
            page: Any = writer.find_page_for_modification  # untyped there
            sheet = _sheet(page(0)[0].get_object())
            mark = mark_of(self._agency, moment, self._font)
            signer = _PdfSigner(
                signers.PdfSignatureMetadata(
                    field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
                ),
                signer=self._signer,
                timestamper=self._timestamper,
                stamp_style=style_of(mark, self._font, sheet.rotation),
                new_field_spec=SigFieldSpec(
                    FIELD, on_page=0, box=place(sheet, (mark.width, mark.height), taken)
                ),
            )
            signer.moment = moment
            try:
                asyncio.run(signer.async_sign_pdf(writer, output=out))
            except TimestampRequestError as error:
                raise TimestampSilent(
                    "the timestamp authority gave no timestamp; see KHO_SIGNING_TIMESTAMP_URL"
                ) from error
        digest = hashlib.sha256(self._certificate.dump()).hexdigest()
        return SignedCopy(target, moment, digest)


class _Writer(IncrementalPdfFileWriter):
    """An incremental writer that leaves the sealed metadata and the version of PDF/A-2 alone."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay at 1.7: PDF/A-2 rests on it, and the signature needs nothing newer."""

    def _update_meta(self) -> None:
        """Write nothing: the day of the last change would go into the XMP."""


class _PdfSigner(signers.PdfSigner):
    """A signer whose signature says the time its mark shows."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


def _opened(key: SigningKey) -> signers.SimpleSigner:
    name = key.path.name
    try:
        data = key.path.read_bytes()
    except OSError as error:
        raise KeyUnusable(f"the signing key {name} cannot be read: see KHO_SIGNING_KEY") from error
    passphrase = key.passphrase.encode() if key.passphrase else None
    try:
        signer: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(
            data, (), passphrase=passphrase
        )
    except ValueError:
        raise KeyUnusable(
            f"the signing key {name} does not open: it must be a PKCS#12 file with a certificate,"
            " and KHO_SIGNING_PASSPHRASE its passphrase"
        ) from None
    certificate = signer.signing_cert
    now = datetime.now(UTC)
    if certificate is None or not (
        certificate.not_valid_before <= now <= certificate.not_valid_after
    ):
        raise KeyUnusable(f"the certificate in {name} is not valid today: have it renewed")
    return signer


def _name_in(certificate: x509.Certificate) -> str:
    subject = certificate.subject.native
    told = subject.get("organization_name") or subject.get("common_name") or ""
    return " ".join(str(told[0] if isinstance(told, list) else told).split())


def _sheet(page: generic.DictionaryObject) -> Sheet:
    """Return the first page's shape; every entry may stand on a page tree node above."""
    box = _inherited(page, "/CropBox") or _inherited(page, "/MediaBox") or (0, 0, 595, 842)
    x0, y0, x1, y1 = (float(number) for number in box)
    rotation = int(_inherited(page, "/Rotate") or 0) % 360
    unit = float(page.get("/UserUnit", 1))
    return Sheet(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), rotation, unit)


def _inherited(page: generic.DictionaryObject, key: str) -> Any:
    holder: Any = page
    for _ in range(_DEEPEST_TREE):
        if key in holder:
            return holder[key]
        if "/Parent" not in holder:
            return None
        holder = holder["/Parent"]
    return None
