"""Make what documents are searched with: words folded, queries read, one function for all readers.

Everything here works on a server without extensions and whatever its locale: capital letters and
marks are taken off by way of Unicode's decomposed form, not by what the locale knows.
"""

from pathlib import Path

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FILES = ("folding.sql", "documents.sql")


def upgrade() -> None:
    """Make the schema and its functions, from the files beside this one."""
    folder = Path(__file__).parents[1] / "search"
    for name in FILES:
        # exec_driver_sql: a colon or a percent sign in a pattern is no parameter.
        op.get_bind().exec_driver_sql(
            (folder / name).read_text(encoding="utf-8").replace("%", "%%")
        )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
