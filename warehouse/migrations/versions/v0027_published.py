"""Make the schema that tools outside read: a view for each mart, made and kept by the models."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COMMENT = (
    "What tools outside read: each mart under its name, columns only ever added."
    " A view made on one of these survives every build."
)


def upgrade() -> None:
    """Make the schema; who reads marts reads it."""
    op.execute("create schema if not exists published")
    op.execute(f"comment on schema published is '{COMMENT}'")
    op.execute("grant usage on schema published to kho_analyst")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
