"""How migrations from 0003 on add a table: columns, indexes, comments, a lock on ledgers.

A table's columns stand in the migration, not in the schema of today: a migration must make what it
made on its day.
"""

from alembic import op
from sqlalchemy import Table
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment


def make(table: Table) -> None:
    """Create ``table`` with its indexes and comments; a ledger is closed to changes at once."""
    op.execute(CreateTable(table))
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        op.execute(CreateIndex(index))
    if table.comment:
        op.execute(SetTableComment(table))
    for column in table.columns:
        if column.comment:
            op.execute(SetColumnComment(column))
    if table.schema == "ledger":
        op.execute(
            "create trigger refuse_change before update or delete or truncate"
            f" on ledger.{table.name} for each statement execute function ledger.refuse_change()"
        )
