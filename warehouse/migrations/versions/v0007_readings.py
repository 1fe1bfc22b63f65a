"""Make the tables of readings: what readers saw, kept and compared."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
BOOL, INSTANT, JSON = sa.Boolean(), sa.TIMESTAMP(timezone=True), JSONB(none_as_null=True)
Column = tuple[str, sa.types.TypeEngine, str]

_ADDED: tuple[tuple[str, str], ...] = (
    ("reading_sha256", "Digest of what the readers saw, a Parquet file in the store."),
    ("recipe_id", "Digest of all that decided the result: tools, models, rules, settings."),
    ("fields_recipe_id", "Digest of what decided the fields: rules and agencies."),
)

_PAGE_READINGS: tuple[Column, ...] = (
    ("file_ordinal", INT, "Place of the file in its batch, from 1."),
    ("file_sha256", TEXT, "Digest of the received bytes."),
    ("page_number", INT, "Page, from 1."),
    ("word_count", INT, "Words read."),
    ("doubtful_count", INT, "Words with a confidence below 0.9."),
    ("asked_count", INT, "Words the second reader was asked about."),
    ("changed_count", INT, "Words whose text is another for what the second reader said."),
    ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
    ("is_disputed", BOOL, "Whether one engine sees text on the page and the other none."),
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)

_READINGS: tuple[Column, ...] = (
    ("file_sha256", TEXT, "Digest of the received bytes."),
    ("recipe_id", TEXT, "Digest of all that decided the reading."),
    ("reader", TEXT, "Mode of the reader."),
    ("reading_sha256", TEXT, "Digest of the Parquet file in the store."),
    ("archive_sha256", TEXT, "Digest of the archive copy with this text; empty for a trial."),
    ("word_count", INT, "Words read."),
    ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
)

_COMPARISONS: tuple[Column, ...] = (
    ("file_sha256", TEXT, "Digest of the received bytes."),
    ("batch_id", TEXT, "Batch whose digitising, or whose sample, it was read anew in."),
    ("old_reading_sha256", TEXT, "Digest of the earlier reading's Parquet file."),
    ("new_reading_sha256", TEXT, "Digest of the later reading's Parquet file."),
    ("old_recipe_id", TEXT, "Recipe of the earlier reading."),
    ("new_recipe_id", TEXT, "Recipe of the later reading."),
    ("old_reader", TEXT, "Mode of the earlier reader."),
    ("new_reader", TEXT, "Mode of the later reader."),
    ("is_trial", BOOL, "Whether the later reading was a sample only and replaced nothing."),
    ("old_word_count", INT, "Words of the earlier reading."),
    ("new_word_count", INT, "Words of the later reading."),
    ("common_word_count", INT, "Words the two have in common, in order."),
    ("character_distance", INT, "Characters to change, add or drop from one text to the other."),
    ("character_count", INT, "Characters of the earlier text."),
    ("old_confidence", NUMERIC, "Mean confidence of the earlier reading's words."),
    ("new_confidence", NUMERIC, "Mean confidence of the later reading's words."),
    ("changed_fields", JSON, "Names of the fields whose value is another."),
    ("gained_fields", JSON, "Names of the fields accepted in the later reading only."),
    ("lost_fields", JSON, "Names of the fields accepted in the earlier reading only."),
)


def _columns(columns: Sequence[Column], required: set[str]) -> list[sa.Column]:
    return [
        sa.Column(name, kind, nullable=name not in required, comment=what)
        for name, kind, what in columns
    ]


def _page_readings() -> sa.Table:
    name = "digitization__readings"
    key = ("_batch_id", "file_ordinal", "page_number")
    table = sa.Table(
        name,
        sa.MetaData(schema="raw"),
        *_columns(_PAGE_READINGS, {*key, "_extracted_at", "_row_sha256"}),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
        comment="Readings in numbers. One row per page that was read.",
    )
    sa.Index(f"ix_{name}_file_sha256", table.c.file_sha256)
    return table


def _ledger(name: str, columns: Sequence[Column], required: set[str], comment: str) -> sa.Table:
    number = sa.Column(
        "entry_id",
        BIGINT,
        sa.Identity(always=True),
        comment="Number of the entry; later entries have higher ones.",
    )
    written: list[tuple[str, sa.types.TypeEngine, str, str]] = [
        ("recorded_at", INSTANT, "clock_timestamp()", "When the entry was written."),
        ("recorded_by", TEXT, "session_user", "Login role that wrote it."),
    ]
    table = sa.Table(
        name,
        sa.MetaData(schema="ledger"),
        number,
        *_columns(columns, required),
        *(
            sa.Column(column, kind, nullable=False, server_default=sa.text(default), comment=what)
            for column, kind, default, what in written
        ),
        sa.PrimaryKeyConstraint("entry_id", name=f"pk_{name}"),
        comment=comment,
    )
    sa.Index(f"ix_{name}_file_sha256", table.c.file_sha256)
    return table


def upgrade() -> None:
    """Make the tables, and the columns that lead from a document to its reading."""
    for name, what in _ADDED:
        op.add_column("digitization__documents", sa.Column(name, TEXT, comment=what), schema="raw")
    make(_page_readings())
    make(
        _ledger(
            "readings",
            _READINGS,
            {"file_sha256", "recipe_id", "reading_sha256"},
            "Readings of documents, old ones and trials too. One row per reading made.",
        )
    )
    make(
        _ledger(
            "reading_comparisons",
            _COMPARISONS,
            {"file_sha256", "batch_id", "old_reading_sha256", "new_reading_sha256", "is_trial"},
            "Two readings of one document held against each other. One row per comparison.",
        )
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
