"""Digital signatures of a received file as facts: whole or broken, by whom, of when, and where.

The bytes are hostile: this runs in a worker only. What cannot be parsed is a fact as well. Nobody
outside is asked: no revocation list, no OCSP, no certificate is fetched.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import cms, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts
from pyhanko_certvalidator.errors import InvalidSignature

from ocr_assets.later_changes import PARSING, Revisions
from ocr_assets.signature import (
    Coverage,
    Integrity,
    Kind,
    LaterChanges,
    Problem,
    Signature,
    Trust,
)
from ocr_assets.signature_fields import SignatureField
from ocr_assets.signed_bytes import SignedBytes
from ocr_assets.signed_message import SignedMessage, is_intact, message_in, timestamp_of
from ocr_assets.trust import trust_in, trusted_roots

MOST_EXAMINED = 50
_LONGEST_NAME = 300
_UNSUPPORTED = (UnsupportedAlgorithm, InvalidSignature, NotImplementedError)
_NOTHING_LATER = (LaterChanges.NONE, True)


def examine(
    path: Path, fields: Sequence[SignatureField], trust_store: Path | None
) -> tuple[Signature, ...]:
    """Return what can be told about the signed ``fields`` of the PDF at ``path``, in their order.

    Certificates are held against ``trust_store``, a folder of roots, where one is given.
    """
    roots = trusted_roots(trust_store) if trust_store else ()
    with path.open("rb") as stream:
        table = _Table(stream, Revisions(stream), roots)
        return tuple(table.examined(number, field) for number, field in enumerate(fields, 1))


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the signatures of one open file are looked at."""

    stream: BinaryIO
    revisions: Revisions
    roots: Sequence[x509.Certificate]

    def examined(self, ordinal: int, field: SignatureField) -> Signature:
        """Return everything that can be told about one field; what cannot is left unknown."""
        seen = _outside(ordinal, field)
        if ordinal > MOST_EXAMINED:
            return replace(seen, problem=Problem.TOO_MANY)
        signed = SignedBytes(self.stream, field.byte_range, field.contents)
        try:
            seen = self._covered(seen, signed)
            return self._inside(seen, signed)
        except (*PARSING, *_UNSUPPORTED):
            return replace(seen, problem=Problem.UNREADABLE)

    def _covered(self, seen: Signature, signed: SignedBytes) -> Signature:
        coverage = signed.coverage()
        later, is_allowed = LaterChanges.UNKNOWN, None
        if coverage in (Coverage.WHOLE_FILE, Coverage.FROM_HEADER):
            later, is_allowed = _NOTHING_LATER
        elif coverage is Coverage.EARLIER_REVISION:
            coverage, later, is_allowed = self.revisions.since(seen.field_name)
        return replace(
            seen, coverage=coverage, later_changes=later, are_later_changes_allowed=is_allowed
        )

    def _inside(self, seen: Signature, signed: SignedBytes) -> Signature:
        """Add what the signature itself says, and whether it holds."""
        data = cms.ContentInfo.load(signed.contents)["content"]
        if not isinstance(data, cms.SignedData):
            return replace(seen, problem=Problem.FORMAT_UNSUPPORTED)
        told = _claims(seen, data)
        message = message_in(data)
        if message is None:
            return replace(told, problem=Problem.CERTIFICATE_MISSING)
        named = _named(told, message.certificate)
        try:
            named = replace(named, integrity=_judged(is_intact(message, named.subfilter, signed)))
        except _UNSUPPORTED:
            named = replace(named, problem=Problem.FORMAT_UNSUPPORTED)
        named = _timed(named, message)
        return replace(named, trust=self._trust(named, message)) if self.roots else named

    def _trust(self, seen: Signature, message: SignedMessage) -> Trust:
        """Hold the certificate against the roots, at the moment of signing as far as known."""
        moment = seen.timestamp_at or seen.signed_at
        return trust_in(message.certificate, message.others, self.roots, moment)


def _outside(ordinal: int, field: SignatureField) -> Signature:
    is_timestamp = field.is_timestamp or field.subfilter == "ETSI.RFC3161"
    return Signature(
        ordinal=ordinal,
        field_name=_plain(field.name) or "",
        kind=Kind.DOCUMENT_TIMESTAMP if is_timestamp else Kind.SIGNATURE,
        subfilter=_plain(field.subfilter),
        signed_at=_as_claimed(field.claimed_at),
        page=field.page,
        box=field.box,
    )


def _as_claimed(told: str | None) -> datetime | None:
    try:
        return _aware(parse_pdf_date(told, strict=False)) if told else None
    except PARSING:
        return None


def _aware(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _claims(seen: Signature, data: cms.SignedData) -> Signature:
    info = extract_signer_info(data)
    claimed = extract_self_reported_ts(info)
    return replace(
        seen,
        signed_at=_aware(claimed) if isinstance(claimed, datetime) else seen.signed_at,
        digest_algorithm=_plain(info["digest_algorithm"]["algorithm"].native),
        signature_algorithm=_plain(info["signature_algorithm"]["algorithm"].native),
    )


def _named(seen: Signature, certificate: x509.Certificate) -> Signature:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return replace(
        seen,
        signer_name=_plain(subject.get("common_name")),
        signer_organization=_plain(subject.get("organization_name")),
        issuer_name=_plain(issuer.get("common_name") or issuer.get("organization_name")),
        serial_number=f"{certificate.serial_number:x}",
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        certificate_valid_from=_aware(certificate.not_valid_before),
        certificate_valid_to=_aware(certificate.not_valid_after),
    )


def _timed(seen: Signature, message: SignedMessage) -> Signature:
    """Add what a timestamp says; a document timestamp is one itself."""
    try:
        found = timestamp_of(message, is_its_own=seen.kind is Kind.DOCUMENT_TIMESTAMP)
    except (*PARSING, *_UNSUPPORTED):
        return replace(seen, timestamp_integrity=Integrity.UNKNOWN)
    if found is None:
        return seen
    moment, holds = found
    integrity = seen.integrity if holds is None else _judged(is_whole=holds)
    return replace(seen, timestamp_at=_aware(moment), timestamp_integrity=integrity)


def _judged(is_whole: bool) -> Integrity:  # noqa: FBT001
    return Integrity.INTACT if is_whole else Integrity.BROKEN


def _plain(told: Any) -> str | None:
    """Return a name in one line of bounded length; several are joined."""
    if told is None:
        return None
    text = "; ".join(map(str, told)) if isinstance(told, list) else str(told)
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:_LONGEST_NAME] or None
