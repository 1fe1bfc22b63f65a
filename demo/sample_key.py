"""A certificate and key for one sample signature, derived from the seed: they protect nothing."""

import random
from datetime import UTC, datetime, timedelta

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

_BITS = 1024
_WITNESSES = 24
_SMALL = tuple(n for n in range(3, 1000) if all(n % d for d in range(2, int(n**0.5) + 1)))


def credentials(agency: str, seed: int) -> signers.SimpleSigner:
    """Return what signs for ``agency``: a self-issued certificate of 2020, valid ten years."""
    key = _key(seed)
    name = certificates.Name(
        [
            certificates.NameAttribute(NameOID.COMMON_NAME, agency),
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, "Chứng thư thử nghiệm"),
            certificates.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        ]
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(seed + 1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )


def _key(seed: int) -> rsa.RSAPrivateKey:
    """Return a 2048-bit test key derived from the seed; it protects nothing."""
    rng, exponent = random.Random(f"{seed}/key"), 65537  # noqa: S311
    p, q = _prime(rng, exponent), _prime(rng, exponent)
    d = pow(exponent, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(exponent, p * q),
    ).private_key()


def _prime(rng: random.Random, exponent: int) -> int:
    while True:
        number = rng.getrandbits(_BITS) | (3 << (_BITS - 2)) | 1
        if number % exponent == 1 or any(number % small == 0 for small in _SMALL):
            continue
        if _is_probably_prime(number, rng):
            return number


def _is_probably_prime(number: int, rng: random.Random) -> bool:
    """Miller and Rabin's test; the first witness settles nearly every composite."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(_WITNESSES):
        power = pow(rng.randrange(2, number - 1), odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True
