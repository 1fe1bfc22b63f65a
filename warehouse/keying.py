"""Blind double keying: a second person keys a sample of what a first one decided.

Nothing given out here tells the first person's value, nor what was read.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from warehouse.errors import FieldOvertaken, WordRefused
from warehouse.field_items import Item, connected, item_of
from warehouse.tables.review import KEYINGS

# The sample is drawn by the entry's number, which nobody knows while deciding. Only the latest word
# on a field is keyed again, once, never by the one who said it, nor by who was shown a word on it:
# somebody who was overtaken at the desk has seen what the other said.
_DRAWN = """
    ('x' || left(md5(c.entry_id::text || ':' || f.field_key), 8))::bit(32)::bigint
    < :share * 4294967296
"""
_QUESTION = f"""
select
    f.field_key, f.document_key, f.agency_code, f.archive_sha256, f.field_name, f.field_label,
    null as value, null as text_as_read, null as decided_by, null as confidence,
    coalesce(f.page_number, c.page_number) as page_number, f.page_count,
    f.box_left, f.box_top, f.box_right, f.box_bottom,
    c.entry_id as upon_entry_id, null as recorded_by, null::timestamptz as recorded_at,
    null as method, null as method_version, null::boolean as is_accepted,
    null::numeric as accepted_from
from ledger.field_corrections as c
inner join marts.fct_document_field as f
    on c.document_key = f.document_key and c.field_name = f.field_name
where
    c.recorded_by <> session_user
    and {_DRAWN}
    and f.field_key <> all(:without)
    and (:key = '' or f.field_key = :key)
    and not exists (select from ledger.field_keyings as k where k.of_entry_id = c.entry_id)
    and not exists (
        select from ledger.field_corrections as later
        where later.document_key = c.document_key and later.field_name = c.field_name
            and later.entry_id > c.entry_id
    )
    and not ledger.was_shown(c.document_key, c.field_name, (
        select min(first.recorded_at) from ledger.field_corrections as first
        where first.document_key = c.document_key and first.field_name = c.field_name
    ))
order by c.entry_id limit 1
"""  # noqa: S608 - our own words


class KeyingList:
    """What one login is to key blind."""

    def __init__(self, engine: sa.Engine, share: float) -> None:
        """Draw ``share`` (0 to 1) of all decided fields; ``engine`` is logged in as the person."""
        self._engine = engine
        self._share = share

    def next_item(self, without: Collection[str] = (), key: str = "") -> Item | None:
        """Return what is to be keyed next, its value left out; with ``key`` that field only."""
        asked: dict[str, Any] = {"share": self._share, "without": list(without), "key": key}
        with connected(self._engine) as connection:
            row = connection.execute(sa.text(_QUESTION), asked).mappings().one_or_none()
        return item_of(row) if row else None

    def key(self, item: Item, value: str | None, page: int) -> None:
        """Write down what the person read for ``item`` (None: there is none).

        Raises:
            FieldOvertaken: somebody else has keyed it meanwhile.
            WordRefused: the database does not take it.
        """
        entry = sa.insert(KEYINGS).values(
            document_key=item.document_key,
            agency_code=item.agency_code,
            field_name=item.field_name,
            of_entry_id=item.upon,
            value=value,
            page_number=page,
        )
        try:
            with connected(self._engine) as connection:
                connection.execute(entry)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != "23505":
                raise WordRefused("the ledger does not take this for a value.") from None
            raise FieldOvertaken("somebody else has keyed this field meanwhile.") from None
