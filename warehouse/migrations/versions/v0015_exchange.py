"""Make the tables beside the enterprises: what cannot be a row, and what full key lists told."""

import sqlalchemy as sa

from warehouse.migrations.making import make

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXT, INT, INSTANT = sa.Text(), sa.Integer(), sa.TIMESTAMP(timezone=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
REQUIRED = {"_batch_id", "_extracted_at", "_row_sha256", "item_ordinal", "entity_key"}


def _table(name: str, columns: tuple, *keys: sa.schema.SchemaItem, comment: str) -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(
            sa.Column(column, kind, nullable=column not in REQUIRED, comment=what)
            for column, kind, what in (*columns, *LINEAGE)
        ),
        *keys,
        comment=comment,
    )


REJECTED = _table(
    "business__enterprises_rejected",
    (
        ("item_ordinal", INT, "Place of the item in its pull, from 1."),
        ("reason", TEXT, "Why it cannot be a row: the column and what is wrong with it."),
        ("item", TEXT, "The item as sent, JSON in ASCII; personal data."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "item_ordinal"),
    comment="Items sent for raw.business__enterprises that cannot be a row of it."
    " One row per item.",
)
COMPARED = _table(
    "business__enterprises_compared",
    (
        ("entity_key", TEXT, "Key in the registry."),
        ("observation", TEXT, "withdrawn, returned, never_landed or outdated."),
        ("listed_changed_at", INSTANT, "Last change by the list; empty if not listed."),
        ("observed_at", INSTANT, "When the comparison began."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "entity_key"),
    sa.Index(None, "entity_key"),
    comment="What the registry's full list of keys told about raw.business__enterprises."
    " One row per key that differed and comparison.",
)


def upgrade() -> None:
    """Make the tables."""
    make(REJECTED)
    make(COMPARED)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
