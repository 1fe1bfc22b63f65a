"""Let words of people come in with a package: which one brought an entry stands in it.

Decisions on suggestions come from outside for the first time. An entry can never be taken back and
the gates judge every one, so the ledger itself refuses what they would.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LEDGERS = ("field_corrections", "field_keyings", "suggestion_decisions")
CAME_WITH = "Package that brought the entry; empty: it was said here."
COUNTED = "Rows and words of people added; none when all were there already."
CHECKS = {
    "decision_is_of_a_document": "document_key ~ ':[0-9a-f]{64}$'",
    "type_is_known": "suggestion_type in ('retention', 'keyword', 'summary', 'personal_data')",
    "decision_fits_value": "decision in ('accepted', 'rejected', 'replaced')"
    " and (decision = 'rejected') = (decided_value is null)",
    "words_are_given": "btrim(suggested_value) <> '' and btrim(decided_by) <> ''"
    " and btrim(because) <> '' and btrim(decided_value) <> ''",
}


def upgrade() -> None:
    """Add the column and the rules; entries that are there were written under the same rules."""
    for name in LEDGERS:
        column = sa.Column("package_id", sa.Text(), comment=CAME_WITH)
        op.add_column(name, column, schema="ledger")
    for name, rule in CHECKS.items():
        op.execute(
            f"alter table ledger.suggestion_decisions add constraint {name} check ({rule})"
            " not valid"
        )
    op.alter_column("imports", "row_count", comment=COUNTED, schema="ledger")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
