"""The certificates somebody decided to trust: a folder of PEM or DER files, read once a process."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InvalidSignature, PathError, ValidationError

from ocr_assets.errors import TrustStoreUnusable
from ocr_assets.signature import Trust

_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})


@lru_cache(maxsize=2)
def trusted_roots(folder: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificates that lie in ``folder``.

    Raises:
        TrustStoreUnusable: the folder holds none, or a file that is no certificate.
    """
    files = sorted(one for one in folder.glob("*") if one.suffix.lower() in _SUFFIXES)
    roots = tuple(root for file in files for root in _certificates(file))
    if not roots:
        raise TrustStoreUnusable(
            f"no certificate (.pem, .crt, .cer, .der) lies in the trust store {folder}: put the"
            " roots there, or leave KHO_TRUST_STORE empty"
        )
    return roots


def _certificates(file: Path) -> list[x509.Certificate]:
    data = file.read_bytes()
    try:
        blocks = (
            [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        )
        found = [x509.Certificate.load(block, strict=True) for block in blocks]
        for one in found:
            one.subject.native  # noqa: B018 - asn1crypto parses when asked, and errs then
    except (ValueError, TypeError) as error:
        raise TrustStoreUnusable(
            f"{file.name} in the trust store is no certificate: take it out, or replace it"
        ) from error
    return found


def trust_in(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    roots: Iterable[x509.Certificate],
    moment: datetime | None,
) -> Trust:
    """Return whether ``certificate`` led to one of ``roots`` at ``moment``.

    Revocation is not asked about: nothing is fetched, so a revoked certificate is not told. A
    certificate that is a root itself is not validated by the library, so its term is looked at.
    """
    when = moment or datetime.now(UTC)
    if not certificate.not_valid_before <= when <= certificate.not_valid_after:
        return Trust.UNTRUSTED
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(others),
        moment=when,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    try:
        asyncio.run(CertificateValidator(certificate, [], context).async_validate_path())
    except (PathError, ValidationError, InvalidSignature):
        return Trust.UNTRUSTED
    return Trust.TRUSTED
