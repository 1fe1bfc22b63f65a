"""Make the tables of intake: deliveries and their versions, and the parts of stacks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT = sa.Text(), sa.Integer(), sa.BigInteger()
INSTANT, JSON = sa.TIMESTAMP(timezone=True), JSONB(none_as_null=True)


def _deliveries() -> sa.Table:
    table = sa.Table(
        "intake_deliveries",
        sa.MetaData(schema="ledger"),
        sa.Column(
            "entry_id",
            BIGINT,
            sa.Identity(always=True),
            comment="Number of the entry; later entries have higher ones.",
        ),
        sa.Column(
            "event",
            TEXT,
            nullable=False,
            comment="received, seen_again, refused, closed or left_open.",
        ),
        sa.Column(
            "batch_id", TEXT, nullable=False, comment="Batch the delivery is, or is the same as."
        ),
        sa.Column(
            "delivery_name", TEXT, nullable=False, comment="Name the versions of a delivery share."
        ),
        sa.Column("place", TEXT, comment="Where it lay in the inbox: its folder or ZIP."),
        sa.Column("delivery_form", TEXT, comment="folder, bag, zip or zipped_bag."),
        sa.Column(
            "content_sha256", TEXT, comment="Digest over the names and bytes of what was delivered."
        ),
        sa.Column(
            "agency_code",
            TEXT,
            comment="Agency all its files belong to; empty if they are several's.",
        ),
        sa.Column("version", INT, comment="Version of the delivery, from 1; of a received one."),
        sa.Column("supersedes", TEXT, comment="Batch it takes the place of; of a received one."),
        sa.Column("delivered_at", INSTANT, comment="When the delivery was finished, by its files."),
        sa.Column("reason_code", TEXT, comment="Why it was refused."),
        sa.Column(
            "counts",
            JSON,
            comment="What it was closed, or left open, by: counts of files and pages.",
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
        sa.PrimaryKeyConstraint("entry_id", name="pk_intake_deliveries"),
        comment=(
            "Deliveries as they were seen, superseded, refused and closed. One row per thing that"
            " happened to a delivery."
        ),
    )
    for column in ("batch_id", "content_sha256", "delivery_name"):
        sa.Index(f"ix_intake_deliveries_{column}", table.c[column])
    sa.Index(
        "uq_intake_deliveries_version",
        table.c.delivery_name,
        sa.text("coalesce(agency_code, '')"),
        table.c.version,
        unique=True,
        postgresql_where=sa.text("event = 'received'"),
    )
    return table


def _parts() -> sa.Table:
    columns: list[tuple[str, sa.types.TypeEngine, str]] = [
        ("stack_ordinal", INT, "Place of the stack in its batch, from 1."),
        ("stack_sha256", TEXT, "Digest of the received stack."),
        ("part_number", INT, "Place of the part in the stack, from 1."),
        ("file_ordinal", INT, "Place of the part among the batch's files; empty if not split."),
        ("file_sha256", TEXT, "Digest of the part as cut out; empty if not split."),
        ("size_bytes", BIGINT, "Size of the part as cut out."),
        ("media_type", TEXT, "What the part is."),
        ("dossier_code", TEXT, "Dossier named by the sheet before it; empty: the stack's."),
        ("opened_by", TEXT, "Sheet before it: patch_t, qr, or none."),
        ("first_page", INT, "First page of the part in the stack, from 1."),
        ("last_page", INT, "Last page of the part in the stack."),
        ("stack_pages", INT, "Pages of the stack, separator sheets included."),
        ("separator_pages", INT, "Separator sheets in the stack."),
        ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
        ("_extracted_at", INSTANT, "When the row was read from its source."),
        ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
    ]
    required = {"stack_ordinal", "part_number", "_batch_id", "_extracted_at", "_row_sha256"}
    table = sa.Table(
        "digitization__parts",
        sa.MetaData(schema="raw"),
        *(
            sa.Column(name, kind, nullable=name not in required, comment=what)
            for name, kind, what in columns
        ),
        sa.PrimaryKeyConstraint(
            "_batch_id", "stack_ordinal", "part_number", name="pk_digitization__parts"
        ),
        comment="Stacks cut at their separator sheets. One row per part found in a stack.",
    )
    sa.Index("ix_digitization__parts_file_sha256", table.c.file_sha256)
    return table


def upgrade() -> None:
    """Make the tables, and keep what a manifest may say besides."""
    make(_deliveries())
    make(_parts())
    for column in (
        sa.Column("vendor", TEXT, comment="Who scanned for the agency, as declared."),
        sa.Column("declared_documents", INT, comment="Documents a stack is declared to hold."),
    ):
        op.add_column("digitization__files", column, schema="raw")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
