"""Let the desk ask whether a reviewer was shown a field's value, which spoils blind keying.

Reviewers may not read who looked at what. The function says yes or no, of the login's own looks
only, and nothing of when, how often or what else.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the function."""
    # A parameter is named by its number: a bare name would bind to the column and make the test
    # always true.
    op.execute(
        """
        create function ledger.was_shown(text, text, timestamptz) returns boolean
        language sql stable security definer set search_path = pg_catalog, pg_temp as $$
            select exists (
                select from ledger.document_views as v
                where v.recorded_by = session_user
                    and v.document_key = $1 and v.field_name = $2
                    and v.shown = 'value' and v.recorded_at >= $3
            )
        $$
        """
    )
    op.execute(
        "comment on function ledger.was_shown(text, text, timestamptz) is"
        " 'Whether the login was shown the value of a field of a document since an instant.'"
    )
    op.execute("revoke all on function ledger.was_shown(text, text, timestamptz) from public")
    op.execute(
        "grant execute on function ledger.was_shown(text, text, timestamptz) to kho_reviewer"
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
