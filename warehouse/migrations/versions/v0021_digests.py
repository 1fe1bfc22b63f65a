"""Say what the digest of a raw row is taken of, now that rows are written a column at a time.

Rows that are there keep the digest they have: it is over the same columns as JSON, and differs. A
batch that lands again gets the new one.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WORDS = "SHA-256 of the contract columns, by name, as COPY writes them."


def upgrade() -> None:
    """Reword the comment on every raw table."""
    op.execute(
        """
        do $$
        declare found regclass;
        begin
            for found in
                select attrelid from pg_attribute
                join pg_class on pg_class.oid = attrelid
                where attname = '_row_sha256' and relkind = 'r'
                    and relnamespace = 'raw'::regnamespace
            loop
                execute format('comment on column %s._row_sha256 is %L', found, 'WORDS');
            end loop;
        end $$
        """.replace("WORDS", WORDS)
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
