"""Declared = received = accepted + refused, box by box, or the batch is not closed.

The unit is the document: a stack counts as many as it is declared to hold, or as were found in it.
Pages count too, wherever both the declared and the found number are known.
"""

from dataclasses import dataclass

import sqlalchemy as sa

_BOXES = sa.text(
    """
    with stacks as (
        select stack_ordinal, count(*) as found, max(stack_pages) as stack_pages,
            bool_or(file_ordinal is not null) as is_split
        from raw.digitization__parts where _batch_id = :batch group by stack_ordinal
    ),
    files as (
        select f.*, s.found, s.stack_pages, coalesce(s.is_split, false) as is_split
        from raw.digitization__files as f
        left join stacks as s on s.stack_ordinal = f.file_ordinal
        where f._batch_id = :batch
    ),
    outcomes as (select * from raw.digitization__documents where _batch_id = :batch),
    units as (
        select f.agency_code, f.box_code, f.received_state, o.outcome,
            coalesce(f.found, f.declared_documents, 1) as documents,
            f.declared_pages, nullif(o.page_count, 0) as found_pages
        from files as f left join outcomes as o using (file_ordinal) where not f.is_split
        union all
        select f.agency_code, f.box_code, f.received_state, o.outcome, 1, null, null
        from files as f
        inner join raw.digitization__parts as p
            on p._batch_id = :batch and p.stack_ordinal = f.file_ordinal
        left join outcomes as o on o.file_ordinal = p.file_ordinal
        where f.is_split
        union all
        select agency_code, box_code, received_state, 'counted', 0, declared_pages, stack_pages
        from files where is_split
    ),
    declared as (
        select agency_code, box_code, sum(coalesce(declared_documents, 1)) as documents
        from files where received_state <> 'undeclared' group by 1, 2
    ),
    boxes as (
        select agency_code, box_code,
            coalesce(sum(documents) filter (where received_state = 'missing'), 0) as missing,
            coalesce(sum(documents) filter (where received_state = 'undeclared'), 0) as undeclared,
            coalesce(sum(documents) filter (where received_state <> 'missing'
                and outcome in ('ok', 'degraded')), 0) as accepted,
            coalesce(sum(documents) filter (where received_state <> 'missing'
                and outcome in ('failed', 'quarantined')), 0) as refused,
            count(*) filter (where outcome is null or outcome = 'not_run') as not_run,
            coalesce(sum(declared_pages) filter (where found_pages is not null), 0)
                as declared_pages,
            coalesce(sum(found_pages) filter (where declared_pages is not null), 0) as found_pages,
            count(*) filter (where found_pages <> declared_pages) as page_differences
        from units group by 1, 2
    )
    select coalesce(d.documents, 0)::int as declared, b.missing::int, b.undeclared::int,
        b.accepted::int, b.refused::int, b.not_run::int, b.declared_pages::int,
        b.found_pages::int, b.page_differences::int
    from boxes as b
    left join declared as d
        on d.agency_code is not distinct from b.agency_code
        and d.box_code is not distinct from b.box_code
    order by b.agency_code, b.box_code
    """
)


@dataclass(frozen=True, slots=True)
class BoxBalance:
    """What one box declared, in documents and pages, and what became of it."""

    declared: int
    missing: int
    undeclared: int
    accepted: int
    refused: int
    not_run: int
    declared_pages: int
    found_pages: int
    page_differences: int

    @property
    def holds(self) -> bool:
        """Return whether everything is accounted for, documents and pages."""
        came = self.declared - self.missing + self.undeclared
        return (
            came == self.accepted + self.refused
            and self.not_run == 0
            and self.page_differences == 0
        )


@dataclass(frozen=True, slots=True)
class Balance:
    """The boxes of one batch."""

    boxes: tuple[BoxBalance, ...]

    @property
    def is_closed(self) -> bool:
        """Return whether there is a box, and every box balances."""
        return bool(self.boxes) and all(box.holds for box in self.boxes)

    def counts(self) -> dict[str, int]:
        """Return the sums over all boxes, and how many boxes there are and are open."""
        names = BoxBalance.__slots__
        sums = {str(name): sum(getattr(box, name) for box in self.boxes) for name in names}
        open_boxes = sum(not box.holds for box in self.boxes)
        return {"boxes": len(self.boxes), "open_boxes": open_boxes, **sums}


def balance_of(connection: sa.Connection, batch_id: str) -> Balance:
    """Return the balance of ``batch_id`` as its rows stand now."""
    rows = connection.execute(_BOXES, {"batch": batch_id}).mappings()
    return Balance(tuple(BoxBalance(**row) for row in rows))
