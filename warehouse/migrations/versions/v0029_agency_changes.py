"""Let the agency authority file say why an agency ended, and by which clause of what resolution."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COLUMNS = {
    "change_type": "Why it ended: merged, split, renamed or dissolved.",
    "resolution": "Resolution by which it ended.",
    "clause": "Clause of that resolution.",
}


def upgrade() -> None:
    """Add the columns; what landed before says nothing of them."""
    for name, comment in COLUMNS.items():
        column = sa.Column(name, sa.Text(), comment=comment)
        op.add_column("catalog__agencies", column, schema="raw")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
