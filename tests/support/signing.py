"""Keys, certificates and signed PDFs made on the spot; the people in them do not exist."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

PASSPHRASE = b"of a test key"
_HOUR = timedelta(hours=1)


class Credentials:
    """A key with its self-issued certificate; ``asked`` is where it says revocation is told."""

    def __init__(self, name="TEST SIGNER", *, days=30, asked: str | None = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "TEST AGENCY"),
            ]
        )
        start = datetime.now(UTC) - timedelta(days=365) - _HOUR
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(self.key.public_key())
            .serial_number(0xABC)
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=365 + days))
        )
        for extension in _revocation(asked) if asked else ():
            builder = builder.add_extension(extension, critical=False)
        self.certificate = builder.sign(self.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def pkcs12(self, passphrase: bytes | None = PASSPHRASE) -> bytes:
        encryption = (
            serialization.BestAvailableEncryption(passphrase)
            if passphrase
            else serialization.NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(
            b"test", self.key, self.certificate, None, encryption
        )

    def sign(self, path: Path, field="Signature1", box=None, page=0) -> Path:
        """Sign a PDF in place, by an incremental update."""
        signer = signers.SimpleSigner.load_pkcs12_data(self.pkcs12(None), other_certs=[])
        spec = SigFieldSpec(field, on_page=page, box=box) if box else None
        with io.BytesIO(path.read_bytes()) as source, io.BytesIO() as out:
            signers.sign_pdf(
                IncrementalPdfFileWriter(source, strict=False),
                signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
                signer=signer,
                new_field_spec=spec,
                output=out,
            )
            path.write_bytes(out.getvalue())
        return path


def _revocation(asked: str):
    place = x509.UniformResourceIdentifier(asked)
    yield x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
    ocsp = x509.AccessDescription(x509.AuthorityInformationAccessOID.OCSP, place)
    yield x509.AuthorityInformationAccess([ocsp])
