"""What people said at the review desk of contents: what is made of them follows their words.

A content is worked on once, for every agency that delivered it. A word is followed only if all of
them have said the same: what one agency's people wrote must not speak to another's.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

import sqlalchemy as sa

Box = tuple[float, float, float, float]


class Said(NamedTuple):
    """The value that holds (None: there is none) and where a person saw it."""

    value: str | None
    page: int | None
    box: Box | None


Words = Mapping[str, Said]  # by field

_LATEST = """
with latest as (
    select distinct on (document_key, field_name)
        split_part(document_key, ':', 2) as document_id, document_key, field_name, new_value,
        page_number, box_left, box_top, box_right, box_bottom
    from ledger.field_corrections
    where field_name = any(:used)
    order by document_key, field_name, entry_id desc
),

holders as (
    select
        d.file_sha256 as document_id,
        count(distinct coalesce(nullif(btrim(f.agency_code), ''), '-')) as many
    from raw.digitization__documents as d
    left join raw.digitization__parts as p
        on d._batch_id = p._batch_id and d.file_ordinal = p.file_ordinal
    left join raw.digitization__files as f
        on d._batch_id = f._batch_id and f.file_ordinal = coalesce(p.stack_ordinal, d.file_ordinal)
    where d.file_sha256 in (select document_id from latest)
    group by d.file_sha256
)

select
    latest.*,
    count(*) over same = holders.many and min(coalesce(new_value, '')) over same
    = max(coalesce(new_value, '')) over same as is_agreed
from latest inner join holders using (document_id)
window same as (partition by latest.document_id, latest.field_name)
order by document_key, field_name
"""


def words_of(connection: sa.Connection, fields: Collection[str]) -> dict[str, Words]:
    """Return what holds of ``fields`` by word of people, by content."""
    found: dict[str, dict[str, Said]] = defaultdict(dict)
    for row in connection.execute(sa.text(_LATEST), {"used": list(fields)}).mappings():
        if row["is_agreed"]:
            said = Said(row["new_value"], row["page_number"], box_of(row))
            found[row["document_id"]].setdefault(row["field_name"], said)
    return dict(found)


def box_of(row: sa.RowMapping) -> Box | None:
    """Return the box of a row's four edges, or None where it has none."""
    left, top, right, bottom = (row[f"box_{edge}"] for edge in ("left", "top", "right", "bottom"))
    if None in (left, top, right, bottom):
        return None
    return float(left), float(top), float(right), float(bottom)


def told_with(method: str, words: Words | None) -> str:
    """Return ``method`` with a digest of the words it worked with: other words, other results."""
    if not words:
        return method
    told = repr(sorted((name, *said) for name, said in words.items()))
    return f"{method}/{hashlib.sha256(told.encode()).hexdigest()[:8]}"
