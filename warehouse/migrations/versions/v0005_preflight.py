"""Tell more of files and pages, and keep account of state secrets."""

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
BOOL, INSTANT = sa.Boolean(), sa.TIMESTAMP(timezone=True)

FILE_FACTS = (
    ("is_encrypted", BOOL, "Whether the PDF is encrypted, if only against changes."),
    ("is_misnamed", BOOL, "Whether the name promises another kind of file than it is."),
    ("producer_type", TEXT, "Program that wrote the PDF: office, ocr, scanner, other, unknown."),
)
PAGE_LOOKS = (
    ("is_dpi_estimated", BOOL, "Whether the resolution is a guess from paper sizes."),
    ("picture_width_px", INT, "Width of the largest received picture of the page."),
    ("picture_height_px", INT, "Height of the largest received picture of the page."),
    (
        "text_layer_type",
        TEXT,
        "Text it came with: none, signature_stamp, old_ocr, born_digital, legacy_encoded.",
    ),
    ("rotation_confidence", NUMERIC, "How likely the turn is right, by the model, 0 to 1."),
    ("skew_degrees", NUMERIC, "How far the lines leaned clockwise once upright."),
    ("is_damaged", BOOL, "Whether the picture is incomplete, or large parts are dark."),
    ("is_blank", BOOL, "Whether nothing longer than dust was seen; the page stays."),
    ("sharpness", NUMERIC, "Steepness of the edges of print, 0 to 1."),
    ("contrast", NUMERIC, "Distance of print from paper, 0 to 1."),
    ("cut_edges", TEXT, "Edges that print runs out of: none, or of left, top, right, bottom."),
    ("dark_edges", TEXT, "Edges along which a black border lies, likewise."),
)
QUARANTINE = (
    ("batch_id", TEXT, "Delivered batch."),
    ("file_ordinal", INT, "Place of the file in its batch, from 1."),
    ("agency_code", TEXT, "Agency whose document it is, as declared."),
    ("found_by", TEXT, "declared (by the manifest) or stamp (seen on a page)."),
    ("is_kept", BOOL, "Whether the file lies sealed in the quarantine; false: not stored."),
    ("sealed_name", TEXT, "Name in the quarantine, drawn at random; empty where not kept."),
    ("sealed_sha256", TEXT, "Digest of the sealed bytes; tells nothing of the file."),
    ("size_class", TEXT, "Order of its size: up to 1 MB, 10 MB, 100 MB, or more."),
)
REQUIRED = ("batch_id", "file_ordinal", "found_by", "is_kept")


def upgrade() -> None:
    """Add the columns and the ledger."""
    for table, columns in (
        ("digitization__documents", FILE_FACTS),
        ("digitization__pages", PAGE_LOOKS),
    ):
        for name, kind, comment in columns:
            op.add_column(table, sa.Column(name, kind, comment=comment), schema="raw")
    make(_quarantine())


def _quarantine() -> sa.Table:
    return sa.Table(
        "quarantine",
        sa.MetaData(schema="ledger"),
        sa.Column(
            "entry_id",
            BIGINT,
            sa.Identity(always=True),
            comment="Number of the entry; later entries have higher ones.",
        ),
        *(
            sa.Column(name, kind, nullable=name not in REQUIRED, comment=comment)
            for name, kind, comment in QUARANTINE
        ),
        sa.Column(
            "recorded_at",
            INSTANT,
            nullable=False,
            server_default=sa.text("clock_timestamp()"),
            comment="When the entry was written.",
        ),
        sa.Column(
            "recorded_by",
            TEXT,
            nullable=False,
            server_default=sa.text("session_user"),
            comment="Login role that wrote it.",
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_quarantine"),
        sa.Index("ix_quarantine_batch_id", "batch_id"),
        comment="State secrets kept from the system: a count, no text, no name. One row per event.",
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
