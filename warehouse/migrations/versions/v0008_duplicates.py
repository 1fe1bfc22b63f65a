"""Make the tables of duplicates; let pages say what they look like."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT, INT, NUMERIC, BYTES = sa.Text(), sa.Integer(), sa.Numeric(), sa.LargeBinary()
INSTANT, JSON = sa.TIMESTAMP(timezone=True), JSONB(none_as_null=True)
Columns = Sequence[tuple[str, sa.types.TypeEngine, str]]
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
AGREEMENT = "equal, different or unknown."


def _raw(name: str, columns: Columns, key: Sequence[str], comment: str) -> sa.Table:
    required = {"_batch_id", "_extracted_at", "_row_sha256", *key}
    return sa.Table(
        name,
        sa.MetaData(schema="raw"),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in (*columns, *LINEAGE)
        ),
        sa.PrimaryKeyConstraint("_batch_id", *key, name=f"pk_{name}"),
        comment=comment,
    )


def _sketches() -> sa.Table:
    columns = (
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("standing_ordinal", INT, "Place in its batch of the file that stands for the bytes."),
        ("digitized_at", INSTANT, "When that file was digitised: read again, sketched again."),
        ("text_sketch", BYTES, "MinHash of the text, 128 numbers; empty if there is too little."),
        ("look", TEXT, "Perceptual hash of the first page with something on it."),
        ("name_key", TEXT, "Number, symbol and date as one word; empty if one is missing."),
        ("sure_number", TEXT, "Digits of the number where the reading is accepted."),
        ("method_version", TEXT, "Versions of sketching and of the rule."),
    )
    comment = "Documents as they are searched for duplicates. One row per received content."
    return _raw("duplicates__sketches", columns, ("document_id",), comment)


def _pairs() -> sa.Table:
    columns = (
        ("first_document_id", TEXT, "SHA-256 of the received bytes; the smaller of the two."),
        ("second_document_id", TEXT, "SHA-256 of the received bytes; the greater of the two."),
        ("verdict", TEXT, "same_paper, same_text, same_form or undecided, by the written rule."),
        ("rule_version", TEXT, "Version of that rule."),
        ("page_pairs", JSON, "Pages side by side and the share of bits in which looks differ."),
        ("pages_alike", INT, "Pages that look like their counterpart."),
        ("pages_compared", INT, "Pages that have a counterpart; bare pages have none."),
        ("same_image_pages", INT, "Pages that show the same picture stream."),
        ("text_similarity", NUMERIC, "Estimated share of common text, 0 to 1."),
        ("words_compared", INT, "Words held against each other; empty if names told enough."),
        ("words_replaced", INT, "Words that stand in place of other words."),
        ("issuer_agreement", TEXT, AGREEMENT),
        ("number_agreement", TEXT, AGREEMENT),
        ("symbol_agreement", TEXT, AGREEMENT),
        ("date_agreement", TEXT, AGREEMENT),
    )
    key = ("first_document_id", "second_document_id")
    comment = "Contents that are alike, with the evidence. One row per pair of received contents."
    table = _raw("duplicates__pairs", columns, key, comment)
    for column in key:
        sa.Index(f"ix_{table.name}_{column}", table.c[column])
    return table


def _decisions() -> sa.Table:
    said = (
        ("first_document_key", "One document: agency code, colon, SHA-256."),
        ("second_document_key", "The other one."),
        ("decision", "same, different or unsure."),
        ("decided_by", "Who decided."),
        ("because", "Why, in their words."),
    )
    table = sa.Table(
        "duplicate_decisions",
        sa.MetaData(schema="ledger"),
        sa.Column(
            "entry_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            comment="Number of the entry; later entries have higher ones.",
        ),
        *(sa.Column(column, TEXT, nullable=False, comment=what) for column, what in said),
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
        sa.PrimaryKeyConstraint("entry_id", name="pk_duplicate_decisions"),
        comment=(
            "What people decided about two documents. One row per decision; the latest one holds."
        ),
    )
    for column in ("first_document_key", "second_document_key"):
        sa.Index(f"ix_{table.name}_{column}", table.c[column])
    return table


def upgrade() -> None:
    """Make the tables."""
    op.add_column(
        "digitization__pages",
        sa.Column(
            "image_phash",
            sa.Text(),
            comment="What the upright page looks like, in 64 hex digits; empty if bare.",
        ),
        schema="raw",
    )
    for table in (_sketches(), _pairs(), _decisions()):
        make(table)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
