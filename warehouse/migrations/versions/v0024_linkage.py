"""Make the tables of linkage: what comparing proposes, and what people decided about links."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXT, NUMERIC, JSON = sa.Text(), sa.Numeric(), JSONB(none_as_null=True)
INSTANT = sa.TIMESTAMP(timezone=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
Columns = Sequence[tuple[str, sa.types.TypeEngine, str]]
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns, by name, as COPY writes them."),
)
PAIR = ("left_entity", "left_key", "right_entity", "right_key")


def _proposals() -> sa.Table:
    columns: Columns = (
        ("left_entity", TEXT, "What kind of thing the left key names: document."),
        ("left_key", TEXT, "Left key: of a document, the key of what it says (claim_key)."),
        (
            "right_entity",
            TEXT,
            "Where the right key is from: registry and entity, as raw names them.",
        ),
        ("right_key", TEXT, "Right key, as the registry has it."),
        ("probability", NUMERIC, "How probably both are one, by the model, 0 to 1."),
        ("standing", TEXT, "proposed, or ambiguous: another is nearly as probable."),
        ("agreements", JSON, "How each comparison came out, by the name of its level; no values."),
        ("threshold", NUMERIC, "From which probability pairs were shown."),
        ("model_id", TEXT, "Digest of the trained model."),
        *LINEAGE,
    )
    required = {"_batch_id", "_extracted_at", "_row_sha256", *PAIR}
    return sa.Table(
        "linkage__proposals",
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(sa.Column(name, kind, nullable=name not in required, comment=what)
          for name, kind, what in columns),
        sa.PrimaryKeyConstraint("_batch_id", *PAIR),
        sa.Index(None, "left_key"),
        comment="Pairs that may be one thing, for people to decide; never a link by itself."
        " One row per pair.",
    )  # fmt: skip


def _decisions() -> sa.Table:
    said = (
        ("document_key", "The document: agency code, colon, SHA-256."),
        ("entity", "Where it is looked for: registry and entity, as raw names them."),
        ("claim_key", "Key of what the document says, as the link was shown."),
        ("decision", "linked or rejected."),
        ("target_key", "Key in the registry it is linked with; of a rejected one, none."),
        ("decided_by", "Who decided."),
        ("because", "Why, in their words."),
    )
    return sa.Table(
        "link_decisions",
        sa.MetaData(schema="ledger", naming_convention=NAMES),
        sa.Column(
            "entry_id", sa.BigInteger(), sa.Identity(always=True), primary_key=True,
            comment="Number of the entry; later entries have higher ones.",
        ),
        *(sa.Column(name, TEXT, nullable=name == "target_key", comment=what)
          for name, what in said),
        sa.Column(
            "recorded_at", INSTANT, nullable=False,
            server_default=sa.text("clock_timestamp()"), comment="When the entry was written.",
        ),
        sa.Column(
            "recorded_by", TEXT, nullable=False,
            server_default=sa.text("session_user"), comment="Login role that wrote it.",
        ),
        sa.Index(None, "document_key"),
        comment="What people decided about links of documents."
        " One row per decision; the latest one holds.",
    )  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    for table in (_proposals(), _decisions()):
        make(table)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
