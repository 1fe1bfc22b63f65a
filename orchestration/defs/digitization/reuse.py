"""What was made of the same bytes by the same recipe before: taken over, not made again.

Whichever batch brought them, whichever agency: the rows are copied under the new batch. What could
come out otherwise another time (a hang, a crash, a page that was not read, a secret) is not reused.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ocr_assets.outcome import Outcome, Reason
from warehouse.schema import LINEAGE, RAW
from warehouse.store import Store

Row = dict[str, Any]
LANDED = "digitization__"
_USABLE = (Outcome.OK, Outcome.DEGRADED)
_FOR_GOOD = (
    Reason.EMPTY_FILE,
    Reason.FORMAT_UNKNOWN,
    Reason.DAMAGED,
    Reason.ENCRYPTED,
    Reason.TOO_LARGE,
    Reason.TOO_MANY_PAGES,
    Reason.NO_PAGES,
    Reason.NOT_ARCHIVAL,
    Reason.TEXT_DIFFERS,
    Reason.IMAGE_CHANGED,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One digitised file of an earlier batch, or of an earlier run of this one."""

    batch_id: str
    file_ordinal: int
    file_sha256: str
    outcome: str
    archive_sha256: str | None
    reading_sha256: str | None

    def is_kept(self, store: Store) -> bool:
        """Return whether all files the rows speak of are in the store."""
        named: list[str | None] = [self.file_sha256]
        if self.outcome in _USABLE:
            named += [self.archive_sha256, self.reading_sha256]
        return all(name is not None and store.has(name) for name in named)

    def rows(self, connection: sa.Connection, tables: Collection[str]) -> dict[str, list[Row]]:
        """Return its rows in each of ``tables``, without batch and place in it."""
        return {name: list(self._rows(connection, name)) for name in tables}

    def _rows(self, connection: sa.Connection, name: str) -> Iterator[Row]:
        table = RAW.tables[f"raw.{LANDED}{name}"]
        wanted = [column for column in table.columns if column.name not in LINEAGE]
        question = sa.select(*wanted).where(
            table.c["_batch_id"] == self.batch_id, table.c.file_ordinal == self.file_ordinal
        )
        for row in connection.execute(question).mappings():
            yield dict(row)


def earlier(
    connection: sa.Connection, wanted: Mapping[str, str], fields_recipe: str, *, is_signed: bool
) -> list[Earlier]:
    """Return what may stand for files that come again; ``wanted`` are digests and their recipes.

    One whose fields were found by the rules and agencies of today goes first. With ``is_signed``
    copies without our signature do not count.
    """
    documents, pages = (RAW.tables[f"raw.{LANDED}{name}"] for name in ("documents", "pages"))
    unread = sa.exists().where(
        pages.c["_batch_id"] == documents.c["_batch_id"],
        pages.c.file_ordinal == documents.c.file_ordinal,
        pages.c.reason_code == Reason.OCR_FAILED.value,
    )
    columns = documents.c
    question = (
        sa.select(
            columns["_batch_id"].label("batch_id"),
            columns.file_ordinal,
            columns.file_sha256,
            columns.outcome,
            columns.archive_sha256,
            columns.reading_sha256,
        )
        .distinct(columns.file_sha256)
        .where(
            sa.tuple_(columns.file_sha256, columns.recipe_id).in_(list(wanted.items())),
            sa.or_(columns.outcome.in_(_USABLE), columns.reason_code.in_(_FOR_GOOD)),
            sa.not_(unread),
            sa.or_(
                sa.literal(not is_signed),
                columns.archive_sha256.is_(None),
                columns.copy_signed_at.is_not(None),
            ),
        )
        .order_by(
            columns.file_sha256,
            (columns.fields_recipe_id == fields_recipe).desc().nulls_last(),
            columns["_extracted_at"].desc(),
            columns.file_ordinal,
        )
    )
    return [Earlier(**dict(row)) for row in connection.execute(question).mappings()]
