"""Make what agencies and documents are asked with as of a day, by what was known at a moment."""

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FILE = Path(__file__).parents[1] / "agencies" / "as_of.sql"


def upgrade() -> None:
    """Make the functions; the marts they read are made by dbt, later."""
    op.execute("set local check_function_bodies = off")
    op.get_bind().exec_driver_sql(FILE.read_text(encoding="utf-8").replace("%", "%%"))
    op.execute("set local check_function_bodies = on")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
