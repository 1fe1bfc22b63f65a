"""What a registry holds now, compared key by key with what of it has landed.

A pull of changes never hears of what vanished without a change, nor of what was committed so late
that its day had been asked for the last time. A full list of keys, once in a while, tells both.
What is found is noted beside the rows and never written over them: a row that was withdrawn and
came back has its whole history.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from warehouse.database import connection_string
from warehouse.errors import ListTooShort
from warehouse.form import Form
from warehouse.loading import FEW, copy_in, in_one_transaction, lock_name

CHUNK = 10_000
COUNTED = ("known", "listed", "withdrawn", "returned", "never_landed", "outdated")

# What is alive: in its latest state not deleted, and not found withdrawn since it was read.
_FIND = """
create temp table observed on commit drop as
with latest as (
    select distinct on ({key}) {key} as entity_key, changed_at, is_deleted, _extracted_at
    from {table}
    order by {key}, changed_at desc nulls last, _extracted_at desc
),

noted as (
    select distinct on (entity_key) entity_key, observation, observed_at
    from {notes}
    where observation in ('withdrawn', 'returned')
    order by entity_key, observed_at desc
),

state as (
    select
        latest.*,
        coalesce(
            noted.observation = 'withdrawn' and noted.observed_at >= latest._extracted_at, false
        ) as is_withdrawn
    from latest
    left join noted on latest.entity_key = noted.entity_key
),

held as (
    select entity_key, max(changed_at) as changed_at from listed group by entity_key
)

select
    coalesce(state.entity_key, held.entity_key) as entity_key,
    held.changed_at as listed_changed_at,
    case
        when state.entity_key is null then 'never_landed'
        when held.entity_key is null then 'withdrawn'
        when state.is_withdrawn then 'returned'
        when held.changed_at > state.changed_at then 'outdated'
    end as observation,
    state.entity_key is not null and not state.is_deleted and not state.is_withdrawn as is_alive,
    held.entity_key is not null as is_listed
from state
full join held on state.entity_key = held.entity_key
where
    held.entity_key is not null
    or (not state.is_deleted and not state.is_withdrawn and state._extracted_at < %(begun)s)
"""

_COUNT = """
select
    count(*) filter (where is_alive),
    count(*) filter (where is_listed),
    count(*) filter (where observation = 'withdrawn'),
    count(*) filter (where observation = 'returned'),
    count(*) filter (where observation = 'never_landed'),
    count(*) filter (where observation = 'outdated')
from observed
"""

_BEHIND = """
select distinct (listed_changed_at at time zone %(zone)s)::date
from observed
where observation in ('never_landed', 'outdated') and listed_changed_at is not null
order by 1
"""


class Listed(NamedTuple):
    """One key of a registry's list, and when the registry last changed what it names."""

    key: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a list told, in numbers; ``behind`` are the days that have to be pulled again."""

    known: int
    listed: int
    withdrawn: int
    returned: int
    never_landed: int
    outdated: int
    behind: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A raw table that is compared, its column with the key, and where findings are noted."""

    table: str
    key: str
    notes: str
    zone: str


def compare(
    url: str, entity: Entity, listed: Iterable[Listed], *, batch_id: str, most_lost: float
) -> Comparison:
    """Note in ``entity.notes`` what differs between ``listed`` and what has landed.

    Keys go to the database by COPY and are compared there. Comparing again as the same batch
    replaces what it had noted. One transaction: a list that breaks off notes nothing.

    Raises:
        ListTooShort: the list is empty, or leaves out more than ``most_lost`` of the known keys.
    """
    begun = datetime.now(UTC)

    def write(cursor: psycopg.Cursor) -> Comparison:
        _begin(cursor, entity.notes, batch_id)
        with cursor.copy("copy listed from stdin") as copy:
            for one in listed:
                copy.write_row(one)
        _find(cursor, entity, begun)
        numbers: tuple[Any, ...] = cursor.execute(_COUNT).fetchone() or (0,) * 6
        _refuse_short(entity, numbers, most_lost)
        _note(cursor, Form.of(entity.notes), batch_id, begun)
        behind = cursor.execute(_BEHIND, {"zone": entity.zone}).fetchall()
        counted: dict[str, Any] = dict(zip(COUNTED, numbers, strict=True))
        return Comparison(behind=tuple(row[0] for row in behind), **counted)

    return in_one_transaction(connection_string(url), entity.notes, write)


def _begin(cursor: psycopg.Cursor, notes: str, batch_id: str) -> None:
    """Take back what the batch had noted; one comparison of an entity at a time."""
    lock = lock_name(f"raw.{notes}", "every batch")
    cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    table = sql.Identifier("raw", notes)
    cursor.execute(sql.SQL("delete from {} where _batch_id = %s").format(table), [batch_id])
    cursor.execute(
        "create temp table listed (entity_key text, changed_at timestamptz) on commit drop"
    )


def _find(cursor: psycopg.Cursor, entity: Entity, begun: datetime) -> None:
    question = sql.SQL(_FIND).format(
        key=sql.Identifier(entity.key),
        table=sql.Identifier("raw", entity.table),
        notes=sql.Identifier("raw", entity.notes),
    )
    cursor.execute(question, {"begun": begun})


def _refuse_short(entity: Entity, numbers: tuple[Any, ...], most_lost: float) -> None:
    known, listed, withdrawn = numbers[:3]
    if most_lost < 1 and ((known and not listed) or withdrawn > max(FEW, known * most_lost)):
        raise ListTooShort(
            f"comparing raw.{entity.table}: the list holds {listed} keys and leaves out {withdrawn}"
            f" of {known} known ones, more than {most_lost:.0%}. Nothing was noted. If the registry"
            " really withdrew them, compare again and accept the loss."
        )


def _note(cursor: psycopg.Cursor, form: Form, batch_id: str, begun: datetime) -> None:
    """Copy what was observed into its table, some thousands at a time."""
    cursor.execute(
        "declare found no scroll cursor for select entity_key, observation, listed_changed_at"
        " from observed where observation is not null order by entity_key"
    )
    while rows := cursor.execute(f"fetch {CHUNK} from found").fetchall():
        copy_in(cursor, form, form.filled(_noted(rows, begun), batch_id, begun))


def _noted(rows: Iterable[tuple[Any, ...]], begun: datetime) -> Iterator[Mapping[str, Any]]:
    for key, observation, changed_at in rows:
        yield {
            "entity_key": key,
            "observation": observation,
            "listed_changed_at": changed_at,
            "observed_at": begun,
        }
