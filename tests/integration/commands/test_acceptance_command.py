"""`kho acceptance`, typed by an inspector and a chief; and the run that draws the sample."""

import json

import dagster as dg
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.main import app
from orchestration.open_gates import SIGNED_OFF
from orchestration.settings import settings
from tests.integration.ocr_assets.acceptance.conftest import land
from tests.support.tools import TOOLS

BATCH = "box-1-00000000"
STAGED = ("plans", "decisions")


@pytest.fixture(scope="module")
def home(tmp_path_factory, module_database_url):
    folder = tmp_path_factory.mktemp("home")
    (folder / "tools").symlink_to(TOOLS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHO_HOME", str(folder))
        patch.setenv("KHO_DATABASE_URL", module_database_url)
        patch.setenv("KHO_ACCEPTANCE_AQL", "4.0")
        settings.cache_clear()
        land(module_database_url, BATCH, count=5)
        yield folder
    settings.cache_clear()


@pytest.fixture(scope="module")
def drawn(home):
    """The sample, drawn by the run that follows the landing."""
    from orchestration.defs.acceptance.assets import draw_sample
    from orchestration.resources import Database

    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("scan_batch", [BATCH])
        return dg.materialize(
            [draw_sample],
            instance=instance,
            partition_key=BATCH,
            resources={"database": Database()},
        )


def kho(*words, code=0):
    said = CliRunner().invoke(app, ["acceptance", *words])
    assert said.exit_code == code, said.output
    return said.output


def check(url):
    """What the check says of the ledgers as they are now."""
    from orchestration.defs.acceptance.checks import batch_sample_is_signed_off
    from orchestration.resources import Database

    with sa.create_engine(url).begin() as connection:
        connection.exec_driver_sql("create schema if not exists staging")
        for name in STAGED:
            table = f"staging.stg_acceptance__{name}"
            connection.exec_driver_sql(f"drop table if exists {table}")
            connection.exec_driver_sql(
                f"create table {table} as select * from ledger.acceptance_{name}"
            )
    return batch_sample_is_signed_off(database=Database())


def test_a_landed_batch_has_its_sample_without_anybody_asking(drawn):
    assert drawn.success
    [event, *_] = drawn.get_asset_materialization_events()
    counts = {name: value.value for name, value in event.materialization.metadata.items()}
    assert counts == {
        "plans": 1,
        "units in the lot": 20,
        "units in the sample": 3,
        "known-bad pages": 2,
    }


def test_asking_for_a_plan_shows_the_one_that_stands(drawn):
    assert "3 of 20 pages, Ac 0, Re 1, AQL 4 %, attempt 1" in kho("plan", "--batch", BATCH)


def test_a_batch_nobody_signed_is_a_warning_that_counts_it(drawn, module_database_url):
    waiting = check(module_database_url)
    assert not waiting.passed
    assert waiting.severity == dg.AssetCheckSeverity.WARN
    assert waiting.metadata["batches not signed off"].value == 1


def test_an_inspector_lists_looks_and_records_and_a_chief_signs(drawn, module_database_url):
    items = [json.loads(line) for line in kho("list", "--batch", BATCH, "--json").splitlines()]
    assert len(items) == 5
    assert "K-" in kho("list", "--batch", BATCH)
    with sa.create_engine(module_database_url).connect() as connection:
        bad = set(connection.scalars(sa.text("select item_code from ledger.acceptance_known_bad")))
    for item in items:
        is_bad = item["item_code"] in bad
        said = ["--verdict", "fail", "--defect", "blurred"] if is_bad else ["--verdict", "pass"]
        kho("record", "--item", item["item_code"], "--inspector", "TEST INSPECTOR", *said)
    shown = kho("show", "--batch", BATCH)
    assert "3 of 3 looked at, 0 defective, 0 items open" in shown
    assert "TEST INSPECTOR: caught 2 of 2 known bad" in shown
    signed = ("--batch", BATCH, "--by", "TEST CHIEF", "--role", "head")
    assert "accepted by TEST CHIEF, head" in kho("decide", *signed, "--decision", "accepted")
    assert "the same sample is drawn" in kho("audit", "--batch", BATCH)
    assert check(module_database_url).passed


def test_a_refused_entry_says_what_to_do_and_has_no_traceback(drawn):
    said = kho("record", "--item", "K-0", "--verdict", "pass", "--inspector", "TEST ONE", code=1)
    assert "kho: record a finding: no sample has this item" in said
    signed = ("--batch", BATCH, "--by", "T", "--role", "head")
    assert "--decision" in kho("decide", *signed, "--decision", "perhaps", code=2)
    for command in ("list", "show", "audit"):
        assert "no plan was drawn" in kho(command, "--batch", "box-9", code=1)


def test_by_a_setting_the_marts_wait_for_signatures(monkeypatch):
    """The check is then one of the gates that the later layers ask for."""
    import importlib

    from orchestration.defs.acceptance import checks

    monkeypatch.setenv("KHO_ACCEPTANCE_BLOCKS", "true")
    settings.cache_clear()
    try:
        blocking = importlib.reload(checks).batch_sample_is_signed_off
        assert [spec.blocking for spec in blocking.check_specs] == [True]
        assert [spec.key for spec in blocking.check_specs] == [SIGNED_OFF.key]
    finally:
        monkeypatch.delenv("KHO_ACCEPTANCE_BLOCKS")
        settings.cache_clear()
        importlib.reload(checks)
