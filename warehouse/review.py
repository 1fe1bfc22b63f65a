"""What waits for a person's look, what people say of it, and what was shown to whom.

Everything is asked and written as the person who is logged in: row security decides whose
documents there are, the server signs each entry. No message here carries a value.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from warehouse.errors import FieldOvertaken, WordRefused
from warehouse.field_items import Item, connected, item_of
from warehouse.tables.review import CORRECTIONS, VIEWS

_COLUMNS = """
    f.field_key, f.document_key, f.agency_code, f.archive_sha256, f.field_name, f.field_label,
    case when c.entry_id > coalesce(f.correction_entry_id, 0) then c.new_value
        else f.field_value end as value,
    f.text_as_read,
    case when c.entry_id is not null then 'person' else f.decided_by end as decided_by,
    case when c.entry_id is null then f.confidence end as confidence,
    f.page_number, f.page_count, f.box_left, f.box_top, f.box_right, f.box_bottom,
    coalesce(c.entry_id, 0) as upon_entry_id, c.recorded_by, c.recorded_at,
    case when c.entry_id is null then f.method end as method,
    case when c.entry_id is null then f.method_version end as method_version,
    case when c.entry_id is null then f.is_accepted end as is_accepted,
    case when c.entry_id is null then f.accepted_from end as accepted_from
    from marts.fct_document_field as f
    left join lateral (
        select * from ledger.field_corrections as said
        where said.document_key = f.document_key and said.field_name = f.field_name
        order by said.entry_id desc limit 1
    ) as c on true
"""
_WAITING = (
    "f.review_risk is not null and coalesce(c.entry_id, 0) <= coalesce(f.correction_entry_id, 0)"
)
_NEXT = f"""
select {_COLUMNS}
where {_WAITING} and f.field_key <> all(:without)
order by f.review_risk desc, f.field_key limit 1
"""
_ONE = f"select {_COLUMNS} where f.field_key = :key"
_COUNT = f"select count(*) from (select {_COLUMNS} where {_WAITING}) as waiting"  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of an item: the value that holds (None: there is none), and why.

    ``page`` is where the person saw it, if not where the item says.
    """

    value: str | None
    because: str
    page: int | None = None


class ReviewList:
    """The review list of one login."""

    def __init__(self, engine: sa.Engine) -> None:
        """Ask and write through ``engine``, which is logged in as the person."""
        self._engine = engine

    def next_item(self, without: Collection[str] = ()) -> Item | None:
        """Return what is to be looked at first, those with keys in ``without`` left out."""
        return self._first(_NEXT, without=list(without))

    def item(self, key: str) -> Item | None:
        """Return one field as it stands now, or None if this login sees no such field."""
        return self._first(_ONE, key=key)

    def waiting(self) -> int:
        """Return how many fields wait."""
        with connected(self._engine) as connection:
            return int(connection.scalar(sa.text(_COUNT)) or 0)

    def say(self, item: Item, word: Word, upon: int) -> int:
        """Write down a word on ``item``, which was looked at when ``upon`` was its latest entry.

        Raises:
            FieldOvertaken: somebody has said something since.
            WordRefused: the database does not take it.
        """
        if item.upon != upon:
            raise _overtaken(item.field_name)
        entry = sa.insert(CORRECTIONS).values(
            document_key=item.document_key,
            agency_code=item.agency_code,
            field_name=item.field_name,
            verdict="confirmed" if word.value == item.value else "corrected",
            old_value=item.value,
            new_value=word.value,
            old_decided_by=item.decided_by,
            old_confidence=item.confidence,
            old_method=item.method,
            old_method_version=item.method_version,
            old_is_accepted=item.is_accepted,
            old_accepted_from=item.accepted_from,
            **_place(item, word.page),
            because=word.because,
            upon_entry_id=upon,
        )
        try:
            with connected(self._engine) as connection:
                return int(connection.scalar(entry.returning(CORRECTIONS.c.entry_id)) or 0)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != "23505":
                raise WordRefused(
                    f"the ledger does not take this for a value of {item.field_name}."
                ) from None
            raise _overtaken(item.field_name) from None

    def shown(self, item: Item, shown: str, page: int | None, purpose: str) -> None:
        """Write down that something of a document is shown to this login; done before it is."""
        entry = (
            sa.insert(VIEWS)
            .inline()
            .values(
                document_key=item.document_key,
                agency_code=item.agency_code,
                field_name=item.field_name,
                page_number=page,
                shown=shown,
                purpose=purpose,
            )
        )
        with connected(self._engine) as connection:
            connection.execute(entry)

    def _first(self, question: str, **asked: Any) -> Item | None:
        with connected(self._engine) as connection:
            row = connection.execute(sa.text(question), asked).mappings().one_or_none()
        return item_of(row) if row else None


def _place(item: Item, page: int | None) -> dict[str, Any]:
    """Return where a value was seen; on another page than the item's its place is not known."""
    if page not in (None, item.page):
        return {"page_number": page}
    edges = dict(zip(("left", "top", "right", "bottom"), item.box or (), strict=False))
    return {"page_number": item.page} | {f"box_{edge}": at for edge, at in edges.items()}


def _overtaken(field: str) -> FieldOvertaken:
    return FieldOvertaken(
        f"somebody else has decided the field {field} meanwhile: look at their word, then say"
        " yours."
    )
