"""What no gate has passed goes no further, whoever asks and in whichever order."""

from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa

from warehouse.loading import Warehouse

pytestmark = pytest.mark.timeout(900)  # each builds the warehouse, some of them twice

CANARY = "TEST PERSON 000000000001"
SHA = "a" * 64
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARTS = [dg.AssetKey(["marts", "dim_agency"]), dg.AssetKey(["marts", "dim_business"])]

AGENCY = {
    "agency_code": "H01.05",
    "agency_name": "ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM",
    "bloc": "government",
    "level": "commune",
    "commune_code": "00001",
    "valid_from": date(2025, 7, 1),
}
ENTERPRISE = {
    "tax_code": "0100109106",
    "enterprise_name": "TEST COMPANY",
    "status": "active",
    "commune_code": "00001",
    "representative_name": CANARY,
    "changed_at": NOON,
    "is_deleted": False,
}
FILE = {
    "file_ordinal": 1,
    "file_name": "1.pdf",
    "file_sha256": SHA,
    "size_bytes": 10,
    "media_type": "application/pdf",
    "agency_code": "H01.05",
    "bloc": "government",
    "box_code": "B1",
    "dossier_code": "D1",
    "declared_pages": 1,
    "received_state": "received",
    "received_at": NOON,
}
REFUSED = {
    "file_ordinal": 1,
    "file_sha256": SHA,
    "outcome": "failed",
    "reason_code": "damaged",
    "digitized_at": NOON,
}


def enterprise_count(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.scalar(sa.text("select count(*) from marts.dim_business"))


def failed_gates(instance, run_id):
    return {
        (event.asset_key.to_user_string(), event.check_name)
        for entry in instance.all_logs(run_id)
        if (event := entry.dagster_event and entry.dagster_event.event_specific_data)
        and isinstance(event, dg.AssetCheckEvaluation)
        and not event.passed
        and event.severity == dg.AssetCheckSeverity.ERROR
    }


def reasons(result):
    return " ".join(
        event.event_specific_data.user_failure_data.description or ""
        for event in result.all_events
        if event.is_step_failure and event.event_specific_data.user_failure_data
    )


def made(result):
    return {event.asset_key.path[0] for event in result.get_asset_materialization_events()}


@pytest.fixture(scope="module")
def warehouse(module_database_url):
    warehouse = Warehouse(module_database_url)
    warehouse.land("catalog__agencies", [AGENCY], batch_id="c1")
    warehouse.land("business__enterprises", [ENTERPRISE], batch_id="2026-03-02")
    warehouse.land("digitization__files", [FILE], batch_id="b-1")
    warehouse.land("digitization__documents", [REFUSED], batch_id="b-1")
    return warehouse


@pytest.fixture(scope="module")
def before_any_gate(warehouse, run_job):
    only = [dg.AssetKey(["intermediate", "int_agencies__current"])]
    return run_job("build_warehouse", only=only)


@pytest.fixture(scope="module")
def good(before_any_gate, run_job):
    return run_job("build_warehouse")


@pytest.fixture(scope="module")
def beside_one_that_waits(good, instance, run_job):
    """A second build is asked for while a layer of the first one is built."""
    from orchestration.definitions import defs

    instance.create_run_for_job(defs().resolve_job_def("build_warehouse"))
    return run_job("build_warehouse", only=[dg.AssetKey(["intermediate", "int_agencies__current"])])


@pytest.fixture(scope="module")
def not_judged(beside_one_that_waits, warehouse, run_job):
    """A bad row lands; somebody builds the intermediate layer without asking the gates."""
    bad = ENTERPRISE | {"tax_code": CANARY}
    warehouse.land("business__enterprises", [bad], batch_id="2026-03-03")
    return run_job("build_warehouse", only=[dg.AssetKey(["intermediate", "int_agencies__current"])])


@pytest.fixture(scope="module")
def bad(not_judged, run_job):
    return run_job("build_warehouse")


@pytest.fixture(scope="module")
def marts_alone(bad, run_job):
    return run_job("build_warehouse", only=MARTS)


def test_a_gate_that_was_not_run_is_closed(before_any_gate):
    assert not before_any_gate.success
    assert "was not run" in reasons(before_any_gate)
    assert "run the job build_warehouse" in reasons(before_any_gate)


def test_good_rows_pass_the_gates_and_reach_the_marts(good, module_database_url):
    assert good.success, reasons(good)
    assert made(good) == {"raw", "staging", "intermediate", "marts"}


def test_a_build_that_waits_does_not_close_the_gates_of_the_one_under_way(beside_one_that_waits):
    assert beside_one_that_waits.success, reasons(beside_one_that_waits)


def test_rows_that_landed_after_the_gate_looked_are_not_built(not_judged):
    assert not not_judged.success
    assert "judged other rows" in reasons(not_judged)
    assert made(not_judged) == set()


def test_a_bad_row_turns_its_gate_red_and_stops_what_comes_after(
    bad, instance, module_database_url
):
    assert not bad.success
    assert failed_gates(instance, bad.run_id) == {
        ("staging/stg_business__enterprises", "enterprises_meet_expectations")
    }
    assert made(bad) == {"raw", "staging"}
    assert enterprise_count(module_database_url) == 1


def test_marts_alone_are_refused_while_a_gate_is_closed(marts_alone, module_database_url):
    assert not marts_alone.success
    assert "enterprises_meet_expectations is closed" in reasons(marts_alone)
    assert enterprise_count(module_database_url) == 1


def test_a_person_in_a_refused_row_is_in_no_event_and_in_no_file(marts_alone, instance, home):
    for run in instance.get_runs():
        for entry in instance.all_logs(run.run_id):
            assert CANARY not in entry.to_json()
    places = (home, Path(instance.root_directory))
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert any(path.suffix == ".html" for path in files), "no report was written"
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name
