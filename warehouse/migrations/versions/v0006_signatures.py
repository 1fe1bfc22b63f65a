"""Make the tables of signatures: those received, and what our own left on the archive copy."""

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
BOOL, INSTANT = sa.Boolean(), sa.TIMESTAMP(timezone=True)
_NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
_KEY = ("_batch_id", "file_ordinal", "signature_ordinal")

SIGNATURES = (
    ("file_ordinal", INT, "Place of the file in its batch, from 1."),
    ("file_sha256", TEXT, "Digest of the received bytes."),
    ("signature_ordinal", INT, "Order of signing in the file, from 1."),
    ("field_name", TEXT, "Name of the signature field."),
    ("kind", TEXT, "signature or document_timestamp."),
    ("subfilter", TEXT, "Encoding, as the PDF names it."),
    ("integrity", TEXT, "intact, broken or unknown."),
    ("coverage", TEXT, "whole_file, from_header, earlier_revision, part or unknown."),
    ("later_changes", TEXT, "Most serious change made after it was signed."),
    ("are_later_changes_allowed", BOOL, "Whether the signer allowed those changes."),
    ("is_valid", BOOL, "Intact, covers its revision, and later changes were allowed."),
    ("problem_code", TEXT, "Why something could not be found out."),
    ("certificate_trust", TEXT, "trusted, untrusted, or not_examined without a trust store."),
    ("signer_name", TEXT, "Common name of the certificate's subject."),
    ("signer_organization", TEXT, "Organisation of the certificate's subject."),
    ("issuer_name", TEXT, "Authority that issued the certificate."),
    ("serial_number", TEXT, "Serial number of the certificate, hexadecimal."),
    ("certificate_valid_from", INSTANT, "First moment the certificate is valid."),
    ("certificate_valid_to", INSTANT, "Last moment the certificate is valid."),
    ("signed_at", INSTANT, "When it was signed, as the signer's clock claims."),
    ("timestamp_at", INSTANT, "When a timestamp authority saw it."),
    ("timestamp_integrity", TEXT, "intact, broken or unknown; empty without a timestamp."),
    ("digest_algorithm", TEXT, "Algorithm of the digest."),
    ("signature_algorithm", TEXT, "Algorithm of the signature."),
    ("page_number", INT, "Page its mark stands on, from 1."),
    ("box_left", NUMERIC, "Left edge of the mark, as a fraction of the page's width."),
    ("box_top", NUMERIC, "Top edge of the mark, as a fraction of the page's height."),
    ("box_right", NUMERIC, "Right edge of the mark, as a fraction of the page's width."),
    ("box_bottom", NUMERIC, "Bottom edge of the mark, as a fraction of the page's height."),
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
OF_DOCUMENTS = (
    ("unsigned_sha256", TEXT, "Digest of the copy before our signature was added."),
    ("unsigned_size_bytes", BIGINT, "Size of the copy before our signature was added."),
    ("copy_signed_at", INSTANT, "When we signed the copy; empty where we did not."),
    ("copy_certificate_sha256", TEXT, "Digest of the certificate we signed the copy with."),
)


def upgrade() -> None:
    """Make the table and add the columns."""
    required = {*_KEY, "_extracted_at", "_row_sha256"}
    make(
        sa.Table(
            "digitization__signatures",
            sa.MetaData(schema="raw", naming_convention=_NAMES),
            *(
                sa.Column(name, kind, nullable=name not in required, comment=what)
                for name, kind, what in SIGNATURES
            ),
            sa.PrimaryKeyConstraint(*_KEY),
            sa.Index(None, "file_sha256"),
            comment="Digital signatures of received files. One row per signature of a file.",
        )
    )
    for name, kind, what in OF_DOCUMENTS:
        column = sa.Column(name, kind, comment=what)
        op.add_column("digitization__documents", column, schema="raw")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
