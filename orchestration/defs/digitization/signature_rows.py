"""What digital signatures are in the raw tables, received ones and our own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from orchestration.defs.digitization.rows import Row, is_secret

if TYPE_CHECKING:
    from ocr_assets.digitized import Digitized
    from ocr_assets.signature import Signature


def signatures(ordinal: int, done: "Digitized") -> Iterator[Row]:
    """Yield a row per digital signature of the received file."""
    for signature in () if is_secret(done) else done.signatures:
        yield {"file_ordinal": ordinal, "file_sha256": done.sha256, **_found(signature)}


def _found(signature: "Signature") -> Row:
    return {
        "signature_ordinal": signature.ordinal,
        "field_name": signature.field_name,
        "kind": signature.kind.value,
        "subfilter": signature.subfilter,
        "integrity": signature.integrity.value,
        "coverage": signature.coverage.value,
        "later_changes": signature.later_changes.value,
        "are_later_changes_allowed": signature.are_later_changes_allowed,
        "is_valid": signature.is_valid,
        "problem_code": signature.problem.value if signature.problem else None,
        "signed_at": signature.signed_at,
        "timestamp_at": signature.timestamp_at,
        "timestamp_integrity": (
            signature.timestamp_integrity.value if signature.timestamp_integrity else None
        ),
        "digest_algorithm": signature.digest_algorithm,
        "signature_algorithm": signature.signature_algorithm,
        **_certificate(signature),
        **_place(signature),
    }


def _certificate(signature: "Signature") -> Row:
    return {
        "certificate_trust": signature.trust.value,
        "signer_name": signature.signer_name,
        "signer_organization": signature.signer_organization,
        "issuer_name": signature.issuer_name,
        "serial_number": signature.serial_number,
        "certificate_valid_from": signature.certificate_valid_from,
        "certificate_valid_to": signature.certificate_valid_to,
    }


def _place(signature: "Signature") -> Row:
    left, top, right, bottom = signature.box or (None, None, None, None)
    return {
        "page_number": signature.page,
        "box_left": left,
        "box_top": top,
        "box_right": right,
        "box_bottom": bottom,
    }
