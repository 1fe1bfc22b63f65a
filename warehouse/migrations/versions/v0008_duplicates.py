"""Make the tables of duplicates: proposals and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let pages say what they look like."""
    op.add_column(
        "digitization__pages",
        sa.Column(
            "image_phash",
            sa.Text(),
            comment="What the upright page looks like, in 64 hex digits; empty if bare.",
        ),
        schema="raw",
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
