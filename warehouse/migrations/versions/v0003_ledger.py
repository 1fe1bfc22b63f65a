"""Make the schema of ledgers, and what keeps their entries from being changed."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the schema and the function that refuses."""
    op.execute("create schema if not exists ledger")
    op.execute(
        "comment on schema ledger is"
        " 'What happened and what people decided; entries are added and never changed.'"
    )
    op.execute(
        """
        create function ledger.refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception 'entries of ledger.% are never changed: add one that says otherwise',
                tg_table_name using errcode = 'insufficient_privilege';
        end $$
        """
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
