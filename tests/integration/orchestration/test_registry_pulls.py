"""Registries pulled by real runs: days that overlap, keys that are compared, guards that stop."""

import hashlib
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
import sqlalchemy as sa

from connectors.land.contract import PARCELS
from orchestration.settings import settings
from tests.support.registries import samples
from warehouse.evidence import answer_kept

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = "2026-01-05"
ROWS = dg.AssetKey(["raw", "business__enterprises"])
REJECTED = dg.AssetKey(["raw", "business__enterprises_rejected"])
COMPARED = dg.AssetKey(["raw", "business__enterprises_compared"])


@pytest.fixture(scope="module")
def registry():
    with samples() as start:
        yield start(seed=6, enterprises=400, late=0.1, busy=0.1)


@pytest.fixture(scope="module")
def run(registry, home, instance):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHO_BUSINESS_URL", registry.base_url)
        patch.setenv("KHO_BUSINESS_TOKEN_URL", registry.token_url)
        patch.setenv("KHO_BUSINESS_ACCESS_KEY", "sample")
        patch.setenv("KHO_BUSINESS_SECRET_KEY", "sample-secret")
        patch.setenv("KHO_REGISTRY_REQUESTS_PER_S", "1000")
        settings.cache_clear()
        from orchestration.definitions import defs

        definitions = defs()

        def run(job, only=None, partition=None, **config):
            names = {ROWS: "business__enterprises", COMPARED: "raw__business__enterprises_compared"}
            ops = {names[only[0]]: {"config": config}} if config else {}
            return definitions.resolve_job_def(job).execute_in_process(
                instance=instance,
                asset_selection=only,
                partition_key=partition,
                run_config={"ops": ops},
                raise_on_error=False,
            )

        yield run
    settings.cache_clear()


@pytest.fixture(scope="module")
def ask(module_database_url):
    engine = sa.create_engine(module_database_url, poolclass=sa.NullPool)

    def asked(question):
        with engine.connect() as connection:
            return connection.execute(sa.text(question)).scalar()

    return asked


def metadata(result, key):
    [event] = [e for e in result.get_asset_materialization_events() if e.asset_key == key]
    return {name: value.value for name, value in event.materialization.metadata.items()}


def why(result):
    [event] = [event for event in result.all_events if event.is_step_failure]
    return event.event_specific_data.user_failure_data.description


@pytest.fixture(scope="module")
def first_pull(run):
    return run("pull_sources", only=[ROWS, REJECTED], partition=DAY)


def test_a_day_lands_with_what_cannot_be_a_row(first_pull, ask):
    assert first_pull.success
    said = metadata(first_pull, ROWS)
    assert said["dagster/row_count"] == ask("select count(*) from raw.business__enterprises") > 0
    assert said["rejected"] == metadata(first_pull, REJECTED)["dagster/row_count"]


def test_keys_show_what_was_committed_late_and_it_is_pulled_again(first_pull, run, registry, ask):
    registry.control(commit_late=1)
    before = ask("select count(*) from raw.business__enterprises")
    result = run("compare_sources")
    assert result.success
    said = metadata(result, COMPARED)
    assert said["never_landed"] > 10
    assert (said["days_behind"], said["days_pulled_again"]) == (1, 1)
    assert ask("select count(*) from raw.business__enterprises") > before
    events = result.get_asset_materialization_events()
    for key in (ROWS, REJECTED):
        [again] = [event for event in events if event.asset_key == key]
        landed = again.materialization.metadata["dagster/row_count"].value
        assert again.partition == DAY
        assert landed == ask(f"select count(*) from raw.{key.path[-1]} where _batch_id = '{DAY}'")
    once_more = metadata(run("compare_sources"), COMPARED)
    assert (once_more["never_landed"], once_more["days_behind"]) == (0, 0)


def test_a_registry_that_shows_nearly_nothing_is_doubted_until_a_person_says_so(
    first_pull, run, registry, ask
):
    registry.control(withdraw=0.9)
    before = ask("select count(*) from raw.business__enterprises")
    result = run("pull_sources", only=[ROWS, REJECTED], partition=DAY)
    assert not result.success
    assert "accept the loss" in why(result)
    doubted = run("compare_sources")
    assert not doubted.success
    assert "accept the loss" in why(doubted)
    assert ask("select count(*) from raw.business__enterprises") == before
    accepted = run("compare_sources", only=[COMPARED], accept_loss=True)
    assert accepted.success
    assert metadata(accepted, COMPARED)["withdrawn"] > 200
    registry.control(withdraw=0)


def test_the_night_asks_for_the_days_before_again(home):
    from orchestration.defs.operations.schedules import nightly_pull, weekly_comparison

    at = datetime(2026, 3, 9, 19, 0, tzinfo=UTC)  # 2 o'clock of the 10th in Hanoi
    context = dg.build_schedule_context(scheduled_execution_time=at.astimezone(HANOI))
    asked = nightly_pull(context)
    assert asked.tags["dagster/asset_partition_range_start"] == "2026-03-06"
    assert asked.tags["dagster/asset_partition_range_end"] == "2026-03-09"
    assert asked.run_key == "2026-03-09"
    assert weekly_comparison(context).run_key == "2026-03-10"


@pytest.fixture
def land(home, registry, instance):
    """Run the assets of the land database, whether or not this process's jobs hold them."""
    from connectors.land.registry import SOURCES
    from orchestration.access import RegistryAccess
    from orchestration.pulls import comparison_of, days_of
    from orchestration.resources import Database

    account = {
        "title": "land database",
        "setting": "KHO_LAND_URL",
        "token_url": registry.token_url,
        "app_name": "kho",
        "partner_code": "H26",
        "partner_code_customer": "H26",
        "ca_bundle": "",
        "plain_http": False,
        "requests_per_s": 1000,
        "access_key": "sample",
        "secret_key": "sample-secret",
    }

    def run(make, url=registry.base_url, partition=None):
        return dg.materialize(
            [make(*SOURCES)],
            instance=instance,
            partition_key=partition,
            resources={"land_registry": RegistryAccess(url=url, **account), "database": Database()},
            raise_on_error=False,
        )

    return SimpleNamespace(run=run, days=days_of, comparison=comparison_of)


def test_parcels_land_by_day_and_are_compared_as_enterprises_are(land, registry, ask):
    assert land.run(land.days, partition=DAY).success
    result = land.run(land.comparison)
    assert result.success
    said = metadata(result, dg.AssetKey(["raw", "land__parcels_compared"]))
    count = "select count(distinct parcel_id) from raw.land__parcels where not is_deleted"
    assert said["known"] == said["listed"] == ask(count) > 300
    assert (said["withdrawn"], said["never_landed"]) == (0, 0)


def test_every_answer_is_in_the_ledger_with_its_grounds_and_kept(first_pull, land, ask, home):
    assert land.run(land.days, partition=DAY).success
    entry = (
        "select {} from ledger.exchanges where entity = 'land__parcels' and subject = '2026-01-05'"
        " order by entry_id limit 1"
    )
    assert ask(entry.format("legal_basis")) == PARCELS.legal_basis
    assert ask(entry.format("purpose")) == PARCELS.purpose
    assert ask(entry.format("place")) == "127.0.0.1/land/v1/parcels/changes"
    assert ask(entry.format("status")) == 200
    assert len(ask(entry.format("asked_by")).split()) == 2
    answer = answer_kept(settings().evidence, ask(entry.format("kept_sha256")))
    assert hashlib.sha256(answer).hexdigest() == ask(entry.format("answer_sha256"))
    assert json.loads(answer)["items"]
    count = "select count(*) from ledger.exchanges where {}"
    assert ask(count.format("entity = 'business__enterprises' and subject = '2026-01-05'")) > 0
    assert ask(count.format("place like '%token%'")) == 0


def test_a_registry_without_an_address_says_which_setting_to_give(land):
    result = land.run(land.days, url="", partition=DAY)
    assert not result.success
    assert "KHO_LAND_URL" in why(result)
