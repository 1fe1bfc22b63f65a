"""The two assets every entity of a registry has: its days, and the comparison of all its keys."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg

from connectors.contract import Contract
from connectors.pull import Pull
from connectors.source import Source
from connectors.tally import summed
from orchestration.access import RegistryAccess
from orchestration.failures import patiently, translated
from orchestration.partitions import TIMEZONE, registry_day
from orchestration.resources import Database
from orchestration.settings import settings
from warehouse.comparing import Entity, Listed, compare
from warehouse.evidence import EvidenceBook, remove_expired
from warehouse.loading import Bundle, Landing

POOL = "registries"  # all of them are reached through one exchange platform
OWNERS = ("team:integration",)
KINDS = {"python", "postgres", "api"}
MOST_DAYS = 31  # asked for again by one comparison; a longer gap is a backfill, for a person


class Acceptance(dg.Config):
    """What a person may say when a guard has stopped a run."""

    accept_loss: bool = False


def asset_key(source: Source, suffix: str = "") -> dg.AssetKey:
    """Return the key of an entity's table, or of one beside it."""
    return dg.AssetKey(["raw", source.entity + suffix])


def days_of(source: Source) -> dg.AssetsDefinition:
    """Return the asset of an entity's changes, day by day, and of what could not be a row."""
    about: dict[str, Any] = {"group_name": source.group, "owners": OWNERS, "kinds": KINDS}
    rows = f"{source.what}, as the registry answered. One row per state sent."
    rejected = f"Items sent for raw.{source.entity} that cannot be a row, with the reason."

    @dg.multi_asset(
        name=source.entity,
        specs=[
            dg.AssetSpec(asset_key(source), description=rows, **about),
            dg.AssetSpec(asset_key(source, "_rejected"), description=rejected, **about),
            *(
                dg.AssetSpec(["raw", one.entity], description=one.what, **about)
                for one in source.beside
            ),
        ],
        partitions_def=registry_day,
        backfill_policy=dg.BackfillPolicy.single_run(),
        retry_policy=patiently,
        pool=POOL,
        required_resource_keys={source.resource, "database"},
    )
    def days(
        context: dg.AssetExecutionContext, config: Acceptance
    ) -> Iterator[dg.MaterializeResult]:
        """Land days as batches: pulled again they are replaced. A range of days is one run."""
        told: list[dict[str, int]] = []
        landed: Counter[str] = Counter()
        with _desk(context, source) as desk:
            for day in context.partition_keys:
                pull, landings = land_day(desk, date.fromisoformat(day), config)
                told.append(pull.counts)
                landed.update({one.table.removeprefix("raw."): one.rows for one in landings})
        for entity, rows in landed.items():
            known: dict[str, Any] = {"dagster/row_count": rows}
            if entity == source.entity:
                known |= {**summed(told), "days": len(context.partition_keys)}
            yield dg.MaterializeResult(asset_key=["raw", entity], metadata=known)

    return days


@dataclass(frozen=True, slots=True)
class Desk:
    """What one run asks an entity with: the registry, the database, and the book of evidence."""

    source: Source
    registry: Any
    database: Database
    book: EvidenceBook

    def about(self, contract: Contract, subject: str) -> AbstractContextManager[None]:
        """Say on what grounds is asked from here on."""
        return self.book.about(
            contract.entity, subject, purpose=contract.purpose, legal_basis=contract.legal_basis
        )


@contextmanager
def _desk(context: dg.AssetExecutionContext, source: Source) -> Iterator[Desk]:
    """Give the desk of this run; a registry is a resource by its name."""
    database: Database = context.resources.database
    access: RegistryAccess = getattr(context.resources, source.resource)
    with book_of(context, database) as book:
        yield Desk(source, source.registry(access.http(book)), database, book)


@contextmanager
def book_of(context: dg.AssetExecutionContext, database: Database) -> Iterator[EvidenceBook]:
    """Give the book that answers to this run are entered in."""
    given = settings()
    book = EvidenceBook(
        database.url(),
        given.evidence,
        f"{context.job_name} {context.run_id}",
        timedelta(days=given.evidence_days),
    )
    try:
        yield book
    finally:
        book.close()


def land_day(desk: Desk, day: date, config: Acceptance) -> tuple[Pull, tuple[Landing, ...]]:
    """Land one day, what of it cannot be a row and what lies beside, together."""
    most_lost = 1.0 if config.accept_loss else settings().registry_most_lost
    batch = day.isoformat()
    source = desk.source
    with translated(f"pull the changes of {source.entity} on {batch}"):
        pull = source.changes(desk.registry, day)
        with desk.about(pull.contract, batch):
            landings = desk.database.warehouse().land_together(
                Bundle(source.entity, pull, batch, most_lost),
                Bundle(f"{source.entity}_rejected", pull.dead_letters(), batch),
                *(Bundle(one.entity, one.rows(pull), batch) for one in source.beside),
            )
    return pull, landings


def _landed_again(desk: Desk, day: date) -> Iterator[dg.AssetMaterialization]:
    """Land a day that was found behind; tell it of every table the day has rows in."""
    pull, landings = land_day(desk, day, Acceptance())
    for landing in landings:
        entity = landing.table.removeprefix("raw.")
        counts = pull.counts if entity == desk.source.entity else {}
        yield dg.AssetMaterialization(
            ["raw", entity],
            partition=day.isoformat(),
            metadata={**counts, "dagster/row_count": landing.rows},
        )


def comparison_of(source: Source) -> dg.AssetsDefinition:
    """Return the asset that compares all keys of an entity with what has landed.

    Raises:
        ValueError: the source has no list of all its keys.
    """
    if (list_keys := source.keys) is None:
        raise ValueError(f"{source.entity} has no list of all its keys to be compared with")

    @dg.asset(
        key=asset_key(source, "_compared"),
        deps=[asset_key(source)],
        group_name=f"{source.group}_keys",
        owners=list(OWNERS),
        kinds=KINDS,
        retry_policy=patiently,
        pool=POOL,
        required_resource_keys={source.resource, "database"},
        description=(
            f"Keys of raw.{source.entity} that vanished, came back, or were missed by pulls. "
            "One row per key that differed and comparison."
        ),
    )
    def compared(context: dg.AssetExecutionContext, config: Acceptance) -> dg.MaterializeResult:
        most_lost = 1.0 if config.accept_loss else settings().registry_most_withdrawn
        today = datetime.now(ZoneInfo(TIMEZONE)).date().isoformat()
        entity = Entity(source.entity, source.contract.key, f"{source.entity}_compared", TIMEZONE)
        with _desk(context, source) as desk:
            with translated(f"compare the keys of {source.entity}"):
                keys = list_keys(desk.registry)
                listed = (Listed(*one) for one in keys)
                with desk.about(keys.contract, "all keys"):
                    told = compare(
                        desk.database.url(), entity, listed, batch_id=today, most_lost=most_lost
                    )
            behind = [day for day in told.behind if day >= settings().business_from]
            for day in behind[:MOST_DAYS]:
                for event in _landed_again(desk, day):
                    context.log_event(event)
            removed = remove_expired(desk.database.url(), settings().evidence)
        return dg.MaterializeResult(
            metadata={
                "known": told.known,
                "listed": told.listed,
                "withdrawn": told.withdrawn,
                "returned": told.returned,
                "never_landed": told.never_landed,
                "outdated": told.outdated,
                "days_behind": len(told.behind),
                "days_pulled_again": min(len(behind), MOST_DAYS),
                "answers_removed": removed,
            }
        )

    return compared
