"""A field of a document as a person at the review desk meets it, and the way to ask for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError

from warehouse.errors import ReviewNotPossible, ServerNotReady, WordRefused


@dataclass(frozen=True, slots=True)
class Item:
    """One field of one document as it stands, and where it stands on the page.

    ``box`` holds fractions of the upright page (left, top, right, bottom), None where the field
    was not found. ``upon`` is the latest entry on the field, 0 if nobody has spoken.
    """

    key: str
    document_key: str
    agency_code: str | None
    archive_sha256: str
    field_name: str
    label: str
    value: str | None
    text_as_read: str | None
    decided_by: str | None
    confidence: float | None
    page: int
    page_count: int
    box: tuple[float, float, float, float] | None
    upon: int
    said_by: str | None
    said_at: datetime | None
    method: str | None = None
    method_version: str | None = None
    is_accepted: bool | None = None
    accepted_from: float | None = None


def item_of(row: sa.RowMapping) -> Item:
    """Return a row of the mart of fields as an item."""
    edges = [row[f"box_{edge}"] for edge in ("left", "top", "right", "bottom")]
    left, top, right, bottom = (float(edge or 0) for edge in edges)
    return Item(
        key=row["field_key"],
        document_key=row["document_key"],
        agency_code=row["agency_code"],
        archive_sha256=row["archive_sha256"],
        field_name=row["field_name"],
        label=row["field_label"],
        value=row["value"],
        text_as_read=row["text_as_read"],
        decided_by=row["decided_by"],
        confidence=float(row["confidence"]) if row["confidence"] is not None else None,
        page=row["page_number"] or 1,
        page_count=row["page_count"] or 1,
        box=(left, top, right, bottom) if None not in edges else None,
        upon=row["upon_entry_id"],
        said_by=row["recorded_by"],
        said_at=row["recorded_at"],
        method=row["method"],
        method_version=row["method_version"],
        is_accepted=row["is_accepted"],
        accepted_from=row["accepted_from"],
    )


@contextmanager
def connected(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give one transaction; a missing mart or right, a silent server, an odd text is named."""
    try:
        with engine.begin() as connection:
            yield connection
    except ProgrammingError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state == "42P01":
            raise ReviewNotPossible(
                "no build has made the mart of fields yet: run the job build_warehouse first."
            ) from None
        if state == "42501":
            raise WordRefused("this login may not do that to this document.") from None
        raise
    except DataError:
        raise WordRefused("the database keeps no such text: nothing was written.") from None
    except OperationalError:
        raise ServerNotReady("the database does not answer: nothing was written.") from None
