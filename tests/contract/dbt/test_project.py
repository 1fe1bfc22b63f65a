"""Every relation says what it is, what one row is, and what of it is personal."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from expectations.suites import GATES, agreed
from ocr_assets.outcome import Outcome, Reason
from warehouse.schema import LEDGER, RAW

ROOT = Path(__file__).parents[3]
PII = {"direct", "indirect", "none"}
PARTS = ("Source: ", "Key: ", "Known gaps: ", "One row per ")
GUARD = "marts_show_analysts_only_their_agencies"
LAYERS = ("staging", "intermediate", "marts")
TABLES = {"table", "by_document"}


def in_layer(models, layer):
    found = {name: model for name, model in models.items() if model.schema == layer}
    assert found
    return found


def described(parsed):
    manifest = parsed.manifest
    nodes = [n for n in manifest.nodes.values() if n.resource_type in {"model", "seed"}]
    return [*nodes, *manifest.sources.values()]


def test_dbt_parses_the_project_without_a_warning(parsed):
    assert parsed.warnings == []


def test_every_relation_is_described_and_ends_with_its_grain(parsed):
    for node in described(parsed):
        assert node.description, node.name
        if node.resource_type != "source":
            grain = node.description.strip().rstrip(".").rpartition(". ")[2]
            assert grain.startswith("One row per "), node.name


def test_every_column_is_described_and_classed_for_personal_data(parsed):
    for node in described(parsed):
        assert node.columns, node.name
        for column in node.columns.values():
            assert column.description, (node.name, column.name)
            assert column.config.meta.get("pii") in PII, (node.name, column.name)


@pytest.mark.parametrize("tables", [RAW, LEDGER], ids=["raw", "ledger"])
def test_sources_are_our_own_tables_column_by_column(parsed, tables):
    """Every raw table is one; a ledger that only people read need not be."""
    sources = {
        source.name: set(source.columns)
        for source in parsed.manifest.sources.values()
        if source.schema == tables.schema
    }
    ours = {table.name: set(table.columns.keys()) for table in tables.tables.values()}
    assert sources.items() <= ours.items()
    assert tables is LEDGER or sources == ours


def test_a_staged_ledger_is_a_table_and_carries_the_number_of_its_entries(parsed, models):
    """A ledger grows at any moment: what was judged must be what is built from."""
    for model in in_layer(models, "staging").values():
        sources = [parsed.manifest.sources.get(key) for key in model.depends_on.nodes]
        is_ledger = any(source and source.schema == "ledger" for source in sources)
        assert (model.config.materialized in TABLES) == is_ledger, model.name
        assert not is_ledger or "entry_id" in model.columns, model.name


def test_schemas_are_used_as_written_so_that_an_asset_key_is_a_relation(models):
    assert {model.schema for model in models.values()} == set(LAYERS)
    for model in models.values():
        assert model.path.startswith(f"{model.schema}/")
        assert model.config.meta["dagster"]["group"] == model.schema


def test_each_layer_reads_only_the_layer_before_it(parsed, models):
    allowed = {
        "staging": {"raw", "ledger"},
        "intermediate": {"staging", "intermediate"},
        "marts": {"intermediate"},
    }
    for model in models.values():
        for key in model.depends_on.nodes:
            upstream = parsed.manifest.sources.get(key) or parsed.manifest.nodes[key]
            if upstream.resource_type != "seed":
                assert upstream.schema in allowed[model.schema], (model.name, upstream.name)


def test_what_gates_let_through_stays_still_while_marts_are_built(models):
    for model in in_layer(models, "intermediate").values():
        assert model.config.materialized in TABLES, model.name


def test_what_is_made_by_document_is_found_by_its_key(models):
    """What changed is looked up: without an index each build would read the whole table."""
    made = [model for model in models.values() if model.config.materialized == "by_document"]
    assert made
    for model in made:
        key = model.config.extra.get("key", "document_key")
        first = {index["columns"][0] for index in model.config.extra["indexes"]}
        assert key in first, model.name
        for name, column in model.config.extra.get("keyed", {}).items():
            followed = models[name].config
            assert followed.materialized in {"by_document", "view"}, (model.name, name)
            assert key != "batch_id" or column == "_batch_id", (model.name, name)
            assert column != "document_key" or followed.materialized != "view", (model.name, name)


def test_every_mart_is_secured_described_in_parts_and_under_contract(models):
    warnings = set(usage_warnings())
    for mart in in_layer(models, "marts").values():
        assert "agency_code" in mart.columns, mart.name
        assert mart.config.contract.enforced, mart.name
        secured, published = (hook.sql for hook in mart.config.post_hook)
        assert (secured, published) == ("{{ apply_rls('agency_code') }}", "{{ publish() }}")
        assert mart.config.grants == {"select": ["kho_analyst"]}, mart.name
        assert mart.config.persist_docs == {"relation": True, "columns": True}
        places = [mart.description.find(part) for part in PARTS]
        assert -1 not in places, mart.name
        assert places == sorted(places), mart.name
        carried = set(mart.config.meta["usage_warnings"])
        assert carried <= warnings, mart.name
        is_personal = any(c.config.meta["pii"] == "direct" for c in mart.columns.values())
        assert ("personal_data" in carried) == is_personal, mart.name


def test_a_claim_has_lost_number_name_and_birth_once_its_state_is_told(models):
    told = [
        model
        for model in models.values()
        if model.path.startswith(("intermediate/claims/", "marts/people/"))
        and model.name != "int_claims__recorded"
    ]
    assert {"int_claims__stated", "fct_person_verification"} <= {model.name for model in told}
    for model in told:
        assert not {"person_id", "person_name", "birth_date"} & set(model.columns), model.name


def test_no_model_asks_the_server_what_day_it_is(models):
    # Its day begins at seven in the city's morning, and the nightly build runs before that.
    for model in models.values():
        assert "current_date" not in model.raw_code, model.name


def test_the_guard_of_row_security_waits_for_every_mart(parsed, models):
    [guard] = [n for n in parsed.manifest.nodes.values() if n.name == GUARD]
    assert set(guard.depends_on.nodes) == {
        mart.unique_id for mart in in_layer(models, "marts").values()
    }


def usage_warnings():
    project = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text())
    return project["vars"]["usage_warnings"]


def test_every_relation_behind_the_gates_has_a_key(models, tests_of):
    for model in models.values():
        if model.schema == "staging":
            continue
        keys = [
            column
            for column in model.columns
            if {"unique", "not_null"} <= set(tests_of.get((model.name, column), ()))
        ]
        together = "unique_together" in tests_of.get((model.name, None), ())
        assert keys or together, model.name
        if model.schema == "marts":
            assert keys, model.name


def test_outcomes_and_reasons_are_those_of_the_scanner(tests_of):
    outcomes, reasons = [str(o) for o in Outcome], {str(r) for r in Reason}
    for model in ("dim_document", "fct_page"):
        for column, known in (("outcome", set(outcomes)), ("reason_code", reasons)):
            test = tests_of[(model, column)]["accepted_values"]
            assert set(test.test_metadata.kwargs["values"]) == known
    assert list(agreed.OUTCOMES) == outcomes
    assert {reason for some in agreed.REASONS.values() for reason in some.split()} == reasons


def test_every_staged_relation_has_a_gate(models):
    assert {relation for relation, _ in GATES} == {
        f"staging.{name}" for name in in_layer(models, "staging")
    }


def test_the_confidence_of_a_text_is_not_called_by_the_name_of_a_kind_of_original(models):
    for model in models.values():
        assert "confidence_level" not in model.columns
    assert "text_confidence" in models["dim_document"].columns


@pytest.mark.parametrize(
    ("sql", "is_clean"), [(None, True), ("SELECT a from b ORDER by 1 desc, 2", False)]
)
def test_sqlfluff_finds_nothing_and_would_find_something(sql, is_clean):
    paths = ["-"] if sql else ["dbt_project/models", "dbt_project/tests"]
    done = subprocess.run(
        [Path(sys.executable).parent / "sqlfluff", "lint", "--disable-progress-bar", *paths],
        cwd=ROOT,
        input=sql,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is is_clean, done.stdout


def test_exposures_name_the_marts_that_are_read_there_and_leave_no_reader_out(parsed):
    mart = re.compile(r"\bmarts\.((?:dim|fct|bridge)_[a-z_]+)")
    exposed = set()
    for exposure in parsed.manifest.exposures.values():
        files = exposure.config.meta["reads"]
        read = {name for file in files for name in mart.findall((ROOT / file).read_text("utf-8"))}
        named = {key.rpartition(".")[2] for key in exposure.depends_on.nodes}
        assert named == read, exposure.name
        exposed.update(files)
    rooms = [ROOT / room for room in ("warehouse", "ocr_assets", "linkage")]
    programs = [path for room in rooms for path in room.rglob("*.py")]
    readers = {
        str(path.relative_to(ROOT))
        for path in programs
        if "migrations" not in path.parts and mart.search(path.read_text("utf-8"))
    }
    assert readers <= exposed
