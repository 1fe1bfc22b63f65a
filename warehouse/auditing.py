"""The audit of what was accepted unseen: a sample drawn by lot, keyed by people who do not see it.

What was accepted never comes to the review list, so nothing else tells how often it is wrong. The
value read goes from the mart into the ledger without passing through anybody's hands.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from warehouse.errors import FieldOvertaken, WordRefused
from warehouse.field_items import Item, connected, item_of

# Counted, not read: these are accepted or left to a person by a rule of their own.
_UNJUDGED = ("page_count", "secrecy")
# The lot is the key's digest: nobody chooses, and a second look draws the same.
_DRAWN = """
    f.is_accepted and f.decided_by in ('rule', 'model') and f.read_value is not null
    and f.field_name <> all(:unjudged)
    and ('x' || left(md5('audit:' || f.field_key), 8))::bit(32)::bigint < :share * 4294967296
    and not exists (
        select from ledger.field_corrections as c
        where c.document_key = f.document_key and c.field_name = f.field_name
    )
    and not exists (
        select from ledger.field_audits as a
        where a.document_key = f.document_key and a.field_name = f.field_name
    )
    and not ledger.was_shown(f.document_key, f.field_name, '-infinity')
"""
_QUESTION = f"""
select
    f.field_key, f.document_key, f.agency_code, f.archive_sha256, f.field_name, f.field_label,
    null as value, null as text_as_read, null as decided_by, null as confidence,
    f.page_number, f.page_count, f.box_left, f.box_top, f.box_right, f.box_bottom,
    0 as upon_entry_id, null as recorded_by, null::timestamptz as recorded_at,
    null as method, null as method_version, null::boolean as is_accepted,
    null::numeric as accepted_from
from marts.fct_document_field as f
where {_DRAWN} and f.field_key <> all(:without) and (:key = '' or f.field_key = :key)
order by md5('audit:' || f.field_key) limit 1
"""  # noqa: S608 - our own words
_KEYED = f"""
insert into ledger.field_audits (
    document_key, agency_code, field_name, read_value, method, method_version, confidence,
    accepted_from, value, page_number
)
select
    f.document_key, f.agency_code, f.field_name, f.read_value, f.method, f.method_version,
    f.read_confidence, f.accepted_from, :value, :page
from marts.fct_document_field as f
where {_DRAWN} and f.field_key = :key
"""  # noqa: S608 - as above


class AuditList:
    """What one login is to key of values accepted unseen."""

    def __init__(self, engine: sa.Engine, share: float) -> None:
        """Draw ``share`` (0 to 1) of them; ``engine`` is logged in as the person."""
        self._engine = engine
        self._asked: dict[str, Any] = {"share": share, "unjudged": list(_UNJUDGED)}

    def next_item(self, without: Collection[str] = (), key: str = "") -> Item | None:
        """Return what is to be keyed next, its value left out; with ``key`` that field only."""
        asked = self._asked | {"without": list(without), "key": key}
        with connected(self._engine) as connection:
            row = connection.execute(sa.text(_QUESTION), asked).mappings().one_or_none()
        return item_of(row) if row else None

    def key(self, item: Item, value: str | None, page: int) -> None:
        """Write down what the person read for ``item`` (None: there is none).

        Raises:
            FieldOvertaken: somebody else has keyed it, or spoken of it, meanwhile.
            WordRefused: the database does not take it.
        """
        asked = self._asked | {"key": item.key, "value": value, "page": page}
        try:
            with connected(self._engine) as connection:
                written = connection.execute(sa.text(_KEYED), asked).rowcount
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != "23505":
                raise WordRefused("the ledger does not take this for a value.") from None
            written = 0
        if not written:
            raise FieldOvertaken("somebody else has keyed this field meanwhile.")
