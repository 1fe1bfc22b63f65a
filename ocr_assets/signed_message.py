"""Inside a signature (CMS): its certificate, whether it holds, what a timestamp in it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)

from ocr_assets.signed_bytes import SignedBytes, digest_with

_SHA1_INSIDE = "adbe.pkcs7.sha1"


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """One signer's part of a signature, with the certificate that belongs to it."""

    data: cms.SignedData
    info: cms.SignerInfo
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


def message_in(data: cms.SignedData) -> SignedMessage | None:
    """Return what is signed in ``data``, or None where it comes without its certificate."""
    info = extract_signer_info(data)
    if not isinstance(data["certificates"], cms.CertificateSet) or not len(data["certificates"]):
        return None
    known = extract_certs_for_validation(data)
    return SignedMessage(data, info, known.signer_cert, tuple(known.other_certs))


def is_intact(message: SignedMessage, subfilter: str | None, signed: SignedBytes) -> bool:
    """Return whether the signature holds and speaks of these bytes.

    Raises:
        ValueError: that cannot be told.
    """
    inside = message.data["encap_content_info"]
    algorithm = message.info["digest_algorithm"]["algorithm"].native
    if inside["content_type"].native == "tst_info":
        return _is_timestamp_intact(message, signed.digest)
    if subfilter == _SHA1_INSIDE:
        told = inside["content"].native
        return told == signed.digest("sha1") and _holds(
            message, "data", digest_with(algorithm, told)
        )
    return _holds(message, "data", signed.digest(algorithm))


def timestamp_of(
    message: SignedMessage, *, is_its_own: bool
) -> tuple[datetime, bool | None] | None:
    """Return the time a timestamp says and whether it holds; for its own, None: look there."""
    if is_its_own:
        return _told_by(message.data)["gen_time"].native, None
    if isinstance(message.info["unsigned_attrs"], type(core.VOID)):
        return None
    token = next(extract_tst_data_iter(message.info, signed=False), None)
    if token is None:
        return None
    inner, signature = message_in(token), message.info["signature"].native
    holds = inner is not None and _is_timestamp_intact(
        inner, lambda algorithm: digest_with(algorithm, signature)
    )
    return _told_by(token)["gen_time"].native, holds


def _told_by(data: cms.SignedData) -> tsp.TSTInfo:
    told = data["encap_content_info"]["content"].parsed
    if not isinstance(told, tsp.TSTInfo):
        raise TypeError("no timestamp")
    return told


def _is_timestamp_intact(message: SignedMessage, digest: Callable[[str], bytes]) -> bool:
    """Return whether the signature of a timestamp holds and it stamps what ``digest`` digests."""
    imprint = _told_by(message.data)["message_imprint"]
    is_of_this = imprint["hashed_message"].native == digest(
        imprint["hash_algorithm"]["algorithm"].native
    )
    algorithm = message.info["digest_algorithm"]["algorithm"].native
    content = bytes(message.data["encap_content_info"]["content"])
    return is_of_this and _holds(message, "tst_info", digest_with(algorithm, content))


def _holds(message: SignedMessage, content_type: str, digest: bytes) -> bool:
    intact, valid = validate_sig_integrity(message.info, message.certificate, content_type, digest)
    return bool(intact and valid)
