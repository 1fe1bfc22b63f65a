"""Make the tables of suggestions: vectors, proposals, neighbours, and what people made of them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT, INT, NUMERIC = sa.Text(), sa.Integer(), sa.Numeric()
INSTANT, JSON = sa.TIMESTAMP(timezone=True), JSONB(none_as_null=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
Columns = Sequence[tuple[str, sa.types.TypeEngine, str]]
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
TYPES = "retention, keyword, summary or personal_data."


def _raw(
    name: str, columns: Columns, key: Sequence[str], comment: str, look_up: Sequence[str] = ()
) -> sa.Table:
    required = {"_batch_id", "_extracted_at", "_row_sha256", *key}
    return sa.Table(
        name,
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in (*columns, *LINEAGE)
        ),
        sa.PrimaryKeyConstraint("_batch_id", *key),
        *(sa.Index(None, column) for column in look_up),
        comment=comment,
    )


EMBEDDINGS = _raw(
    "suggestions__embeddings",
    (
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("standing_ordinal", INT, "Place in its batch of the file that stands for the bytes."),
        ("digitized_at", INSTANT, "When that file was digitised: read again, proposed again."),
        ("method_version", TEXT, "Versions of all that decides proposals."),
        ("outcome", TEXT, "ok, reading_missing, no_text or endpoint_silent."),
        ("model_name", TEXT, "Model that made the vector."),
        ("model_version", TEXT, "Version of the model: another one, another space."),
        (
            "embedding",
            sa.ARRAY(sa.REAL()),
            "The vector, of length 1; empty unless the outcome is ok.",
        ),
    ),
    ("document_id",),
    "Documents as vectors of meaning, and whether proposals were made."
    " One row per received content.",
)
PROPOSALS = _raw(
    "suggestions__proposals",
    (
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("suggestion_type", TEXT, TYPES),
        ("suggestion_ordinal", INT, "Place among the document's proposals of this type, from 1."),
        (
            "suggested_value",
            TEXT,
            "Group, keyword, sentence, or kind of personal data; no such data itself.",
        ),
        ("maintenance_code", TEXT, "Code of the retention period, where the rule has one."),
        ("retention_years", INT, "Years of the retention period, where it has a number."),
        ("score", NUMERIC, "Order among proposals of a type, 0 to 1; no probability."),
        ("rule_code", TEXT, "Rule that said so."),
        ("page_number", INT, "Page it was found on."),
        (
            "boxes",
            JSON,
            "Where on the page: left, top, right, bottom as fractions, one list each.",
        ),
        ("occurrence_count", INT, "How often it was found on the page."),
        ("method_version", TEXT, "Versions of all that decides proposals."),
    ),
    ("document_id", "suggestion_type", "suggestion_ordinal"),
    "Proposals made from what a document says. One row per proposal for a received content.",
    ("document_id",),
)
NEIGHBOURS = _raw(
    "suggestions__neighbours",
    (
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("group_code", TEXT, "Retention group of most of the nearest reviewed documents."),
        ("maintenance_code", TEXT, "Code of the retention period they have."),
        ("retention_years", INT, "Years of the retention period they have."),
        ("score", NUMERIC, "Mean likeness times the share that agrees, 0 to 1."),
        ("neighbour_ids", JSON, "Contents whose reviewed group it is, the nearest first."),
        ("method_version", TEXT, "Model and rule that found them."),
    ),
    ("document_id",),
    "Retention groups of the most alike reviewed documents. One row per received content.",
)


def _decisions() -> sa.Table:
    said = (
        ("document_key", "The document: agency code, colon, SHA-256.", TEXT, False),
        ("suggestion_type", TYPES, TEXT, False),
        ("suggested_value", "What was proposed, as it was shown.", TEXT, False),
        ("suggested_maintenance_code", "Retention period that was proposed.", TEXT, True),
        ("suggested_retention_years", "Its years.", INT, True),
        ("decision", "accepted, rejected or replaced.", TEXT, False),
        ("decided_value", "What holds instead; of a replaced one.", TEXT, True),
        (
            "decided_maintenance_code",
            "Retention period that holds, of a retention group.",
            TEXT,
            True,
        ),
        ("decided_retention_years", "Its years.", INT, True),
        ("decided_by", "Who decided.", TEXT, False),
        ("because", "Why, in their words.", TEXT, False),
    )
    return sa.Table(
        "suggestion_decisions",
        sa.MetaData(schema="ledger", naming_convention=NAMES),
        sa.Column(
            "entry_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            primary_key=True,
            comment="Number of the entry; later entries have higher ones.",
        ),
        *(
            sa.Column(name, kind, nullable=may_lack, comment=what)
            for name, what, kind, may_lack in said
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
        sa.Index(None, "document_key"),
        comment="What people made of suggestions. One row per decision; the latest one holds.",
    )


def upgrade() -> None:
    """Make the tables."""
    for table in (EMBEDDINGS, PROPOSALS, NEIGHBOURS, _decisions()):
        make(table)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
