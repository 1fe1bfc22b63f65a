"""What people's words on values say of confidences, and the thresholds that were learned from it.

Read and written as the owner: the figures are of the whole city. Values never leave the database;
what comes out is whether one was right.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from warehouse.errors import NothingToLearnFrom
from warehouse.tables.learning import THRESHOLDS

Row = dict[str, Any]

_FOLDED = "coalesce(lower(regexp_replace({}, '\\s+', ' ', 'g')), '')"
# A model's answers carry a confidence by convention and are never accepted: only rules are judged.
# The first word on a field is about what was read; the latest says what is right. A word that a
# second person keyed otherwise, and nobody has settled, says nothing. Blanks and capitals are
# habits of typing, as in int_keyings__compared.
_JUDGED = f"""
with latest as (
    select distinct on (document_key, field_name)
        document_key, field_name, entry_id, new_value
    from ledger.field_corrections
    order by document_key, field_name, entry_id desc
),
first as (
    select distinct on (document_key, field_name) *
    from ledger.field_corrections
    where old_decided_by = 'rule' and old_confidence is not null
        and old_value is not null
    order by document_key, field_name, entry_id
),
contested as (
    select k.of_entry_id
    from ledger.field_keyings as k
    inner join ledger.field_corrections as c on k.of_entry_id = c.entry_id
    where {_FOLDED.format("k.value")} <> {_FOLDED.format("c.new_value")}
),
reviewed as (
    select
        f.document_key, f.field_name, f.old_confidence as confidence,
        {_FOLDED.format("f.old_value")} = {_FOLDED.format("l.new_value")} as is_right,
        f.old_is_accepted as was_accepted, f.old_accepted_from as accepted_from,
        exists (select from contested as d where d.of_entry_id = l.entry_id) as is_contested,
        false as is_audit
    from first as f
    inner join latest as l using (document_key, field_name)
    where not exists (
        select from ledger.field_audits as a
        where a.document_key = f.document_key and a.field_name = f.field_name
    )
),
audited as (
    select
        a.document_key, a.field_name, a.confidence,
        {_FOLDED.format("a.read_value")}
        = {_FOLDED.format("case when l.entry_id is null then a.value else l.new_value end")}
            as is_right,
        true as was_accepted, a.accepted_from, false as is_contested, true as is_audit
    from ledger.field_audits as a
    left join latest as l using (document_key, field_name)
)
select
    regexp_replace(field_name, '_[0-9]+$', '') as field_name, confidence::float8 as confidence,
    is_right, was_accepted, accepted_from::float8 as accepted_from, is_contested, is_audit
from (select * from reviewed union all select * from audited) as judged
order by document_key, field_name
"""  # noqa: S608 - our own words
_POPULATION = """
select
    regexp_replace(field_name, '_[0-9]+$', '') as field_name,
    floor(read_confidence * 100 + 0.000001)::int as hundredth, count(*) as many
from marts.fct_document_field
where read_confidence is not null and method not like 'model:%'
group by 1, 2
"""
_CURRENT = """
select * from ledger.field_thresholds
where calibration_id = (
    select calibration_id from ledger.field_thresholds order by entry_id desc limit 1
)
order by entry_id
"""


def judgements(connection: sa.Connection) -> Iterator[Row]:
    """Yield what people said of each value that was read: field, confidence, whether it was right.

    ``was_accepted`` and ``accepted_from`` are None for words from before they were written down.
    """
    for row in connection.execute(sa.text(_JUDGED)).mappings():
        yield dict(row)


def population(connection: sa.Connection) -> dict[str, dict[int, int]]:
    """Return how many values each field has at each hundredth of confidence, as last built.

    Raises:
        NothingToLearnFrom: no build has made the mart of fields yet.
    """
    counted: dict[str, dict[int, int]] = {}
    try:
        with connection.begin_nested():
            rows = connection.execute(sa.text(_POPULATION)).all()
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42P01":
            raise
        raise NothingToLearnFrom(
            "no build has made the mart of fields yet: run the job build_warehouse first."
        ) from None
    for row in rows:
        counted.setdefault(str(row.field_name), {})[int(row.hundredth)] = int(row.many)
    return counted


def current(connection: sa.Connection) -> list[Row]:
    """Return the rows of the calibration that holds; none before the first."""
    return [dict(row) for row in connection.execute(sa.text(_CURRENT)).mappings()]


def thresholds(connection: sa.Connection) -> tuple[str | None, dict[str, float]]:
    """Return the calibration that holds and its thresholds by field; None and none at first."""
    rows = current(connection)
    calibration = str(rows[0]["calibration_id"]) if rows else None
    return calibration, {row["field_name"]: float(row["threshold"]) for row in rows}


def keep(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write down one calibration, all its fields together."""
    connection.execute(sa.insert(THRESHOLDS), list(rows))
