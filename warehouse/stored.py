"""Which columns of the database name files of the store: what has to be there, and proved.

Every column that ends in ``_sha256`` stands in one of the two lists; a test compares.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.tables.acceptance import PLANS, SAMPLES
from warehouse.tables.custody import EVENTS
from warehouse.tables.digitization import DOCUMENTS, PARTS
from warehouse.tables.disposal import FILES
from warehouse.tables.readings import READINGS


@dataclass(frozen=True, slots=True)
class Stored:
    """A column that names files of the store in the rows where ``kept`` holds."""

    table: sa.Table
    column: str
    role: str
    kept: sa.ColumnElement[bool]

    def rows(self) -> sa.Select:
        """Select the digest, the role and since when it is known."""
        column = self.table.c[self.column]
        since = "_extracted_at" if "_extracted_at" in self.table.columns else "recorded_at"
        return sa.select(
            column.label("sha256"),
            sa.literal(self.role).label("role"),
            self.table.c[since].label("known_since"),
        ).where(column.is_not(None), self.kept)


# Refused before they were kept; everything else that was received is in the store.
NEVER_KEPT = ("state_secret", "file_missing", "not_in_manifest")

_SIBLINGS = PARTS.alias("siblings")
# A stack in which one part is a secret was sealed whole, and is not in the store.
_IN_A_SECRET_STACK = sa.exists().where(
    _SIBLINGS.c["_batch_id"] == PARTS.c["_batch_id"],
    _SIBLINGS.c.stack_ordinal == PARTS.c.stack_ordinal,
    DOCUMENTS.c["_batch_id"] == _SIBLINGS.c["_batch_id"],
    DOCUMENTS.c.file_ordinal == _SIBLINGS.c.file_ordinal,
    DOCUMENTS.c.reason_code == "state_secret",
)

STORED = (
    Stored(
        PARTS,
        "stack_sha256",
        "received stack",
        sa.and_(PARTS.c.file_ordinal.is_not(None), ~_IN_A_SECRET_STACK),
    ),
    Stored(
        DOCUMENTS,
        "file_sha256",
        "received",
        sa.func.coalesce(DOCUMENTS.c.reason_code, "").not_in(NEVER_KEPT),
    ),
    Stored(DOCUMENTS, "archive_sha256", "archive", sa.true()),
    Stored(DOCUMENTS, "reading_sha256", "reading", sa.true()),
    Stored(READINGS, "archive_sha256", "earlier archive", sa.true()),
    Stored(READINGS, "reading_sha256", "earlier reading", sa.true()),
    Stored(PLANS, "lot_sha256", "list of a lot", sa.true()),
    Stored(SAMPLES, "file_sha256", "sample", sa.true()),
    Stored(EVENTS, "list_sha256", "signed list of a handover", sa.true()),
)

#: Digests of other things, of every table or of one: rows, pixels, certificates, contents of a
#: delivery, files that another column stands for.
NOT_STORED = frozenset(
    {
        "_row_sha256",
        "file_sha256",
        "content_sha256",
        "image_sha256",
        "quarantine.sealed_sha256",
        "digitization__documents.unsigned_sha256",
        "digitization__documents.copy_certificate_sha256",
        "field_thresholds.sample_sha256",
        "fixity_checks.found_sha256",
        "custody_events.previous_sha256",
        "custody_events.event_sha256",
        "reading_comparisons.old_reading_sha256",
        "reading_comparisons.new_reading_sha256",
        "premis_events.made_sha256",
        "exchanges.answer_sha256",  # answers of registries: in a folder of their own, for a while
        "exchanges.kept_sha256",
        "exchange__messages.message_sha256",  # of what came over the axis only digests are kept
        "exchange__attachments.sent_sha256",
    }
)


def expected() -> sa.CTE:
    """Return every file that has to be in the store, with the time of its newest mention.

    Rows go on naming what people were told to destroy: it has to be gone, not there.
    """
    named = sa.union_all(*(stored.rows() for stored in STORED)).subquery()
    newest = sa.func.max(named.c.known_since).label("known_since")
    destroyed = sa.exists().where(FILES.c.file_sha256 == named.c.sha256)
    wanted = sa.select(named.c.sha256, newest).where(~destroyed)
    return wanted.group_by(named.c.sha256).cte("expected")


def unreferenced(connection: sa.Connection, digests: Iterable[str]) -> list[str]:
    """Return those of ``digests`` that no row names, in order."""
    known: set[str] = set(connection.scalars(sa.select(expected().c.sha256)))
    return sorted(set(digests) - known)
