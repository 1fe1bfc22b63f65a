"""Claims about people that raw tables hold: what a record says now, and what was last asked of it.

Read from raw, where the numbers and names are, because only they can be asked about; nothing of
them is written anywhere else.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.database import connection_string

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Claimants:
    """A raw table whose records each make a claim about one person, and its columns."""

    entity: str
    key: str
    person_id: str
    person_name: str
    birth_date: str | None = None


class Held(NamedTuple):
    """One claim that is whole, and what was last asked of the same record."""

    entity_key: str
    person_id: str
    person_name: str
    birth_date: date | None
    changed_at: datetime
    asked_token: str | None
    verified_at: datetime | None

    def __repr__(self) -> str:
        return "Held(…)"


# The latest state of each record that is neither deleted nor found withdrawn since it was read. An
# answer to a state that is not there any more (its day was pulled again without it) is none.
_HELD = """
with latest as (
    select distinct on ({key})
        {key} as entity_key,
        nullif(btrim({person_id}), '') as person_id,
        nullif(btrim(normalize({person_name}, nfc)), '') as person_name,
        {birth_date} as birth_date,
        changed_at,
        coalesce(is_deleted, false) as is_deleted,
        _extracted_at
    from {table}
    order by {key}, changed_at desc nulls last, _extracted_at desc
),

seen as (
    select distinct on (entity_key) entity_key, observation, observed_at
    from {compared}
    where observation in ('withdrawn', 'returned')
    order by entity_key, observed_at desc
),

asked as (
    select distinct on (entity_key) entity_key, claim_token, claimed_at, verified_at
    from raw.population__verifications
    where entity = %(entity)s
    order by entity_key, verified_at desc
)

select
    latest.entity_key, latest.person_id, latest.person_name, latest.birth_date, latest.changed_at,
    case
        when exists (
            select from {table} as states
            where states.{key} = asked.entity_key and states.changed_at = asked.claimed_at
        ) then asked.claim_token
    end as asked_token,
    asked.verified_at
from latest
left join seen on latest.entity_key = seen.entity_key
left join asked on latest.entity_key = asked.entity_key
where
    latest.person_id ~ '^([0-9]{{9}}|[0-9]{{12}})$'
    and latest.person_name is not null
    and not latest.is_deleted
    and not coalesce(
        seen.observation = 'withdrawn' and seen.observed_at >= latest._extracted_at, false
    )
order by latest.entity_key
"""


def held_claims(url: str, claimants: Claimants) -> Generator[Held, None, None]:
    """Yield every claim that can be asked about, some thousands at a time from the server."""
    question = sql.SQL(_HELD).format(
        key=sql.Identifier(claimants.key),
        person_id=sql.Identifier(claimants.person_id),
        person_name=sql.Identifier(claimants.person_name),
        birth_date=(
            sql.Identifier(claimants.birth_date) if claimants.birth_date else sql.SQL("null::date")
        ),
        table=sql.Identifier("raw", claimants.entity),
        compared=sql.Identifier("raw", f"{claimants.entity}_compared"),
    )
    with psycopg.connect(connection_string(url)) as connection:
        cursor = connection.cursor("held_claims", row_factory=class_row(Held))
        cursor.itersize = CHUNK
        yield from cursor.execute(question, {"entity": claimants.entity})
