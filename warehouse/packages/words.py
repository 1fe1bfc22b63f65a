"""What people said of a dossier's documents: corrections, second keyings, decisions on suggestions.

The words travel as they were said: by whom and when. Only their numbers are given anew, for each
ledger counts its own entries; what an entry is about (``upon_entry_id``, ``of_entry_id``) follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.tables.form import JSON
from warehouse.tables.review import CORRECTIONS, KEYINGS
from warehouse.tables.suggestions import DECISIONS

FOLDER = "metadata/other/ledger"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger that travels; ``subject`` is what an entry speaks of, ``link`` the entry it cites.

    Entries it cites stand in ``cited``: its own, or those of another ledger that comes before it.
    """

    table: sa.Table
    subject: tuple[str, str]
    link: str = ""
    cited: str = ""

    @property
    def path(self) -> str:
        """Return where its entries lie in a package."""
        return f"{FOLDER}/{self.table.name}.jsonl"

    @property
    def content(self) -> tuple[str, ...]:
        """Return the columns that make an entry what it is, wherever it is written down."""
        ours = {"entry_id", "package_id", self.link}
        return tuple(name for name in self.table.columns.keys() if name not in ours)  # noqa: SIM118


LEDGERS = (
    Ledger(CORRECTIONS, ("document_key", "field_name"), "upon_entry_id", CORRECTIONS.name),
    Ledger(KEYINGS, ("document_key", "field_name"), "of_entry_id", CORRECTIONS.name),
    Ledger(DECISIONS, ("document_key", "suggestion_type")),
)


def lines(connection: sa.Connection, table: sa.Table, documents: Sequence[str]) -> Iterator[str]:
    """Yield the entries on ``documents`` (their keys), each as JSON, in the order they were said.

    Which package brought an entry here is this warehouse's own affair and stays.
    """
    connection.execute(sa.text("set local timezone = 'UTC'"))
    row = sa.func.to_jsonb(sa.literal_column(f"{table.name}.*"), type_=JSON)
    whole = sa.cast(row.op("-")(sa.literal("package_id", sa.Text())), sa.Text())
    asked = (
        sa.select(whole)
        .select_from(table)
        .where(table.c.document_key.in_(documents))
        .order_by(table.c.entry_id)
    )
    yield from connection.execute(asked).scalars()
