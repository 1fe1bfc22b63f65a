"""What population says of claims we hold, and how frequent it says names are."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import dagster as dg

from connectors.population.contract import LEGAL_BASIS, NAME_FREQUENCIES, PURPOSE, VERIFICATIONS
from connectors.population.registry import PopulationRegistry
from orchestration.access import RegistryAccess
from orchestration.failures import patiently, translated
from orchestration.person_keys import PersonKeys
from orchestration.pulls import KINDS, OWNERS, POOL, Acceptance, book_of
from orchestration.resources import Database
from orchestration.settings import settings
from orchestration.verifying import CLAIMANTS, Verification
from warehouse.evidence import EvidenceBook
from warehouse.loading import Bundle


@contextmanager
def _asked(
    context: dg.AssetExecutionContext, access: RegistryAccess, database: Database
) -> Iterator[tuple[PopulationRegistry, EvidenceBook]]:
    """Give the registry and the book its answers are entered in."""
    with book_of(context, database) as book:
        yield PopulationRegistry(access.http(book)), book


@dg.asset(
    key=["raw", VERIFICATIONS],
    deps=[["raw", claimants.entity] for claimants in CLAIMANTS],
    group_name="population",
    owners=list(OWNERS),
    kinds=KINDS,
    retry_policy=patiently,
    pool=POOL,
    description="What population said of claims we hold, people being tokens. One row per claim"
    " and question.",
)
def verifications(
    context: dg.AssetExecutionContext,
    config: Acceptance,
    database: Database,
    population_registry: RegistryAccess,
    person_keys: PersonKeys,
) -> dg.MaterializeResult:
    """Ask about new, changed and old claims; each answer lands before the next question."""
    given = settings()
    with (
        translated("verify claims about people"),
        _asked(context, population_registry, database) as (registry, book),
    ):
        verification = Verification(
            database.url(),
            registry,
            person_keys.key(),
            timedelta(days=given.verification_days),
            1.0 if config.accept_loss else given.verification_most_unknown,
        )
        for claimants in CLAIMANTS:
            subject = f"claims of {claimants.entity}"
            with book.about(VERIFICATIONS, subject, purpose=PURPOSE, legal_basis=LEGAL_BASIS):
                verification.run(claimants)
    counts = verification.counts
    return dg.MaterializeResult(metadata={**counts, "dagster/row_count": counts["asked"]})


@dg.asset(
    key=["raw", NAME_FREQUENCIES.entity],
    group_name="population",
    owners=list(OWNERS),
    kinds=KINDS,
    retry_policy=patiently,
    pool=POOL,
    description="How frequent parts of names are in population; rare ones are not told. One row"
    " per part and name.",
)
def name_frequencies(
    context: dg.AssetExecutionContext,
    config: Acceptance,
    database: Database,
    population_registry: RegistryAccess,
) -> dg.MaterializeResult:
    """Land all frequencies in place of the ones before.

    What cannot be a row is told by its reason and kept nowhere: nobody is copied from population,
    and of an item that is not what was agreed nobody can say that it is no person.
    """
    most_lost = 1.0 if config.accept_loss else settings().registry_most_lost
    entity, grounds = NAME_FREQUENCIES.entity, NAME_FREQUENCIES
    with (
        translated("read the frequencies of names"),
        _asked(context, population_registry, database) as (registry, book),
        book.about(entity, "all", purpose=grounds.purpose, legal_basis=grounds.legal_basis),
    ):
        pull = registry.name_frequencies()
        [landing] = database.warehouse().land_together(Bundle(entity, pull, "all", most_lost))
    reasons = Counter(f"rejected: {one.reason}" for one in pull.rejected)
    counts = {**pull.counts, **reasons}
    return dg.MaterializeResult(metadata={**counts, "dagster/row_count": landing.rows})
