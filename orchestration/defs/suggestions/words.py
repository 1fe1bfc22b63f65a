"""What people said at the review desk of the fields that proposals are made from.

A content is described once, for every agency that delivered it. A word is followed only if all of
them have said the same: what one agency's people wrote must not speak to another's.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from ocr_assets.suggest.proposal import Box
from ocr_assets.suggest.sheet import USED, FieldText

Words = Mapping[str, FieldText]  # by field; an empty value where a person said that there is none

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


def words_of(connection: sa.Connection) -> dict[str, Words]:
    """Return what holds by word of people, by content."""
    found: dict[str, dict[str, FieldText]] = defaultdict(dict)
    for row in connection.execute(sa.text(_LATEST), {"used": list(USED)}).mappings():
        if row["is_agreed"]:
            said = FieldText(row["new_value"] or "", row["page_number"], box_of(row))
            found[row["document_id"]].setdefault(row["field_name"], said)
    return dict(found)


def box_of(row: sa.RowMapping) -> Box | None:
    """Return the box of a row's four edges, or None where it has none."""
    left, top, right, bottom = (row[f"box_{edge}"] for edge in ("left", "top", "right", "bottom"))
    if None in (left, top, right, bottom):
        return None
    return float(left), float(top), float(right), float(bottom)


def digest_of(words: Words) -> str:
    """Return a short digest of words: other words, other proposals."""
    told = sorted((name, said.value, said.page, said.box) for name, said in words.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def corrected(read: Mapping[str, FieldText], words: Words) -> dict[str, FieldText]:
    """Return the fields as they hold; a word without a place stands where the value was read."""
    holds = dict(read)
    for name, said in words.items():
        was = read.get(name)
        if not said.value:
            holds.pop(name, None)
        elif said.box is None and was is not None:
            holds[name] = FieldText(said.value, was.page, was.box)
        else:
            holds[name] = said
    return holds
