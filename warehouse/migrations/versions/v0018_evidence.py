"""Make the ledger of exchange: every question to a registry that was answered."""

import sqlalchemy as sa

from warehouse.migrations.making import make

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT = sa.Text(), sa.Integer(), sa.BigInteger()
INSTANT = sa.TIMESTAMP(timezone=True)
REQUIRED = {
    "request_id",
    "entity",
    "subject",
    "place",
    "purpose",
    "legal_basis",
    "asked_by",
    "asked_at",
    "status",
}
COLUMNS = (
    ("request_id", TEXT, "UUID sent with the question as X-Request-Id."),
    ("entity", TEXT, "What was asked for: the raw table it is for."),
    ("subject", TEXT, "Which part of it: a day, or the list of all keys."),
    ("place", TEXT, "Host and path that were asked; no parameters, which can hold keys."),
    ("purpose", TEXT, "What for, by the contract."),
    ("legal_basis", TEXT, "On what basis, by the contract."),
    ("asked_by", TEXT, "Who or what asked: the job and its run."),
    ("asked_at", INSTANT, "When the question went out."),
    ("status", INT, "HTTP status of the answer."),
    ("answer_sha256", TEXT, "Digest of the answer's bytes, as sent; empty for a refusal."),
    ("answer_size_bytes", BIGINT, "Size of the answer."),
    ("kept_sha256", TEXT, "Digest of the compressed answer's file, by which it is kept."),
    ("keep_until", INSTANT, "From then on the answer may be removed; the entry stays."),
)
EXCHANGES = sa.Table(
    "exchanges",
    sa.MetaData(
        schema="ledger",
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    ),
    sa.Column(
        "entry_id",
        BIGINT,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the entry; later entries have higher ones.",
    ),
    *(
        sa.Column(name, kind, nullable=name not in REQUIRED, comment=what)
        for name, kind, what in COLUMNS
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
    *(
        sa.Index(None, column)
        for column in ("request_id", "entity", "answer_sha256", "kept_sha256")
    ),
    comment="Questions that registries answered, and on what grounds. One row per answer.",
)


def upgrade() -> None:
    """Make the ledger."""
    make(EXCHANGES)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
