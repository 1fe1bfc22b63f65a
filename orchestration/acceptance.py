"""Acceptance as this installation does it: its rule, and who draws by it. Knows no Dagster."""

from collections.abc import Iterator
from contextlib import contextmanager

from ocr_assets.acceptance.planning import Planner
from ocr_assets.acceptance.rule import Rule
from ocr_assets.acceptance.samples import Counter
from ocr_assets.acceptance.tables import SamplingTables
from ocr_assets.toolbox import Toolbox
from orchestration.settings import PROJECT, Settings
from warehouse.acceptance import AcceptanceLedger
from warehouse.store import Store

SEEDS = PROJECT / "dbt_project" / "seeds"


@contextmanager
def open_planner(given: Settings, url: str) -> Iterator[Planner]:
    """Give who draws samples by the rule of ``given``, for the database at ``url``."""
    ledger = AcceptanceLedger(url)
    counter = Counter(Store(given.store), Toolbox(given.tools).npm)
    try:
        yield Planner(ledger, counter, SamplingTables.read(SEEDS), rule_of(given))
    finally:
        ledger.close()


def rule_of(given: Settings) -> Rule:
    """Return the rule of acceptance as the settings say it."""
    return Rule(
        owner=given.acceptance_owner,
        limit=given.acceptance_aql,
        level=given.acceptance_level,
        unit=given.acceptance_unit,
        is_reduced_allowed=given.acceptance_reduced,
        known_bad_share=given.acceptance_known_bad,
        least_caught=given.acceptance_least_caught,
    )
