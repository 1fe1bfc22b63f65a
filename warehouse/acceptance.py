"""The ledgers of acceptance, as rows in and rows out; what they mean is said in ocr_assets.

Nothing here changes an entry: the latest word on a thing is what holds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from warehouse import acceptance_lot, database
from warehouse.errors import ServerNotReady
from warehouse.tables.acceptance import DECISIONS, FINDINGS, KNOWN_BAD, PLANS, SAMPLES

Row = Mapping[str, Any]


class AcceptanceLedger:
    """What was drawn, found and decided, in the database at ``url``."""

    def __init__(self, url: str) -> None:
        """Read and write through ``url``; nothing is connected yet."""
        self._engine = database.engine(url)

    def __repr__(self) -> str:
        return "AcceptanceLedger(…)"

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def unfinished(self, batch: str) -> int:
        """Return how many files of ``batch`` have no outcome yet."""
        return len(self._rows(acceptance_lot.unfinished(batch)))

    def usable_pages(self, batch: str) -> list[Row]:
        """Return the pages of ``batch`` that have an archive copy, each with its vendor."""
        return self._rows(acceptance_lot.usable_pages(batch))

    def claims(self, batch: str) -> list[Row]:
        """Return the field values read in ``batch``: file, field, page, value, acceptance."""
        return self._rows(acceptance_lot.claims(batch))

    def operators(self, batch: str) -> set[str]:
        """Return the names of those who scanned ``batch``."""
        return {row["operator"] for row in self._rows(acceptance_lot.operators(batch))}

    def plans(self, batch: str | None = None, vendor: str | None = None) -> list[Row]:
        """Return plans, oldest first."""
        wanted = sa.select(PLANS).order_by(PLANS.c.entry_id)
        if batch is not None:
            wanted = wanted.where(PLANS.c.batch_id == batch)
        if vendor is not None:
            wanted = wanted.where(PLANS.c.vendor == vendor)
        return self._rows(wanted)

    def plan_of(self, item: str) -> Row | None:
        """Return the plan that item ``item`` belongs to."""
        of_item = SAMPLES.c.plan_code == PLANS.c.plan_code
        wanted = sa.select(PLANS).join(SAMPLES, of_item).where(SAMPLES.c.item_code == item)
        return next(iter(self._rows(wanted)), None)

    def sample(self, plan: str) -> list[Row]:
        """Return the items of a plan as the inspector sees them, in their order."""
        wanted = sa.select(SAMPLES).where(SAMPLES.c.plan_code == plan)
        return self._rows(wanted.order_by(SAMPLES.c.position))

    def known_bad(self, plan: str) -> list[Row]:
        """Return which items of a plan are known to be bad; not for inspectors."""
        return self._rows(sa.select(KNOWN_BAD).where(KNOWN_BAD.c.plan_code == plan))

    def findings(self, plan: str) -> list[Row]:
        """Return what was found on the items of a plan, oldest first."""
        of_plan = FINDINGS.c.item_code == SAMPLES.c.item_code
        wanted = sa.select(FINDINGS).join(SAMPLES, of_plan).where(SAMPLES.c.plan_code == plan)
        return self._rows(wanted.order_by(FINDINGS.c.entry_id))

    def decisions(self, plan: str) -> list[Row]:
        """Return what was decided on a plan, oldest first; the last holds."""
        wanted = sa.select(DECISIONS).where(DECISIONS.c.plan_code == plan)
        return self._rows(wanted.order_by(DECISIONS.c.entry_id))

    def decided(self, vendor: str) -> list[Row]:
        """Return a vendor's plans that were decided, oldest first, each with its last decision."""
        latest = (
            sa.select(DECISIONS)
            .distinct(DECISIONS.c.plan_code)
            .order_by(DECISIONS.c.plan_code, DECISIONS.c.entry_id.desc())
            .subquery()
        )
        said = (latest.c.decision, latest.c.defect_count, latest.c.is_valid)
        of_plan = latest.c.plan_code == PLANS.c.plan_code
        wanted = sa.select(PLANS, *said).join(latest, of_plan).where(PLANS.c.vendor == vendor)
        return self._rows(wanted.order_by(PLANS.c.entry_id))

    def add_plan(self, plan: Row, items: Sequence[Row], known_bad: Sequence[Row]) -> bool:
        """Add a plan with its items; return False if another made the same attempt meanwhile."""
        name = f"acceptance/{plan['batch_id']}/{plan['vendor']}"
        with self._connected() as connection:
            lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))
            connection.execute(sa.select(lock))
            before = sa.select(sa.func.count()).where(
                PLANS.c.batch_id == plan["batch_id"], PLANS.c.vendor == plan["vendor"]
            )
            if connection.scalar(before) != plan["attempt"] - 1:
                return False
            for table, rows in ((PLANS, [plan]), (SAMPLES, items), (KNOWN_BAD, known_bad)):
                if rows:
                    connection.execute(sa.insert(table), [dict(row) for row in rows])
        return True

    def add_finding(self, finding: Row) -> None:
        """Add what an inspector found."""
        self._add(FINDINGS, [finding])

    def add_decision(self, decision: Row) -> None:
        """Add what was decided."""
        self._add(DECISIONS, [decision])

    def _add(self, table: sa.Table, rows: Iterable[Row]) -> None:
        with self._connected() as connection:
            connection.execute(sa.insert(table), [dict(row) for row in rows])

    def _rows(self, wanted: sa.Select) -> list[Row]:
        with self._connected() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError:
            raise ServerNotReady(
                "acceptance: the database does not answer; nothing was written. Start it with"
                " ./kho up and do the same again."
            ) from None
