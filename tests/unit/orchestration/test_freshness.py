"""The sensor over the raw data: one build per state, never beside a run that is landing."""

import dagster as dg
import pytest

from orchestration.defs.operations.freshness import warehouse_is_behind
from orchestration.raw_assets import LEDGER_ASSETS, RAW_ASSETS


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def look(instance):
    return warehouse_is_behind(dg.build_sensor_context(instance=instance))


def land(instance):
    for key in RAW_ASSETS:
        instance.report_runless_asset_event(dg.AssetMaterialization(key))


def run(instance, name, *, fails=False):
    @dg.op(name=f"{name}_work")
    def work():
        if fails:
            raise dg.Failure("closed")

    @dg.job(name=name)
    def whole():
        work()

    whole.execute_in_process(instance=instance, raise_on_error=False)


def test_nothing_landed_means_nothing_to_build(instance):
    assert isinstance(look(instance), dg.SkipReason)


def test_the_first_build_waits_until_every_source_has_landed(instance):
    *most, last = RAW_ASSETS
    for key in most:
        instance.report_runless_asset_event(dg.AssetMaterialization(key))
    skipped = look(instance)
    assert isinstance(skipped, dg.SkipReason)
    assert last.path[-1] in skipped.skip_message
    instance.report_runless_asset_event(dg.AssetMaterialization(last))
    assert isinstance(look(instance), dg.RunRequest)


def test_a_landing_asks_for_a_build_once(instance):
    land(instance)
    first, again = look(instance), look(instance)
    assert isinstance(first, dg.RunRequest)
    assert first.run_key == again.run_key  # Dagster starts one run per key
    land(instance)
    assert look(instance).run_key != first.run_key


def test_a_build_after_the_landing_is_enough(instance):
    land(instance)
    run(instance, "build_warehouse")
    assert isinstance(look(instance), dg.SkipReason)
    land(instance)
    assert isinstance(look(instance), dg.RunRequest)


def test_a_failed_build_is_not_taken_for_a_good_one(instance):
    land(instance)
    run(instance, "build_warehouse", fails=True)
    assert isinstance(look(instance), dg.RunRequest)


@pytest.mark.parametrize("job", ["digitize_batch", "pull_sources", "build_warehouse"])
def test_a_build_waits_for_what_is_under_way(instance, job):
    land(instance)
    instance.create_run_for_job(dg.job(name=job)(lambda: None), status=dg.DagsterRunStatus.STARTED)
    answer = look(instance)
    assert isinstance(answer, dg.SkipReason)
    assert "unfinished" in answer.skip_message


def test_a_ledger_that_was_added_to_asks_for_a_build_and_none_is_waited_for(instance):
    land(instance)
    run(instance, "build_warehouse")
    instance.report_runless_asset_event(dg.AssetMaterialization(LEDGER_ASSETS[0]))
    assert isinstance(look(instance), dg.RunRequest)
