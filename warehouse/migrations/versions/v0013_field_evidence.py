"""Keep confidence of reading and of extraction apart, and what each reader saw."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE, SCHEMA = "digitization__fields", "raw"
ADDED = (
    ("reading_confidence", sa.Numeric(), "How surely the letters were read, 0 to 1."),
    ("extraction_confidence", sa.Numeric(), "How well place and form fit the field, 0 to 1."),
    (
        "first_reader_text",
        sa.Text(),
        "What the first reader saw; … for words it was not asked about.",
    ),
    (
        "second_reader_text",
        sa.Text(),
        "What the second reader saw; … for words it was not asked about, ∅ for nothing.",
    ),
)
# Comments that had fallen behind what is landed.
SAID_ANEW = (
    (
        "field_name",
        "Which value it is: number, date, ...; entries of lists are numbered, recipient_1.",
    ),
    ("confidence", "Confidence of reading times that of extraction, 0 to 1."),
)


def upgrade() -> None:
    """Add the columns, empty in rows that are there: their fields are found anew by new rules."""
    for name, kind, comment in ADDED:
        op.add_column(TABLE, sa.Column(name, kind, comment=comment), schema=SCHEMA)
    for name, comment in SAID_ANEW:
        op.alter_column(TABLE, name, comment=comment, schema=SCHEMA)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
