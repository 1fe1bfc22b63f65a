"""What the marts say of acceptance, from real plans over landed batches."""

import pytest
import sqlalchemy as sa

from ocr_assets.acceptance.deciding import Signature
from ocr_assets.acceptance.inspection import Finding
from tests.integration.ocr_assets.acceptance.conftest import hall, land
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import AGENCIES, A, B
from warehouse.loading import Warehouse

INSPECTOR, CHIEF = "TEST INSPECTOR 000000000001", "TEST CHIEF 000000000002"
MARTS = ("fct_batch_acceptance", "fct_vendor_acceptance")


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    """Three batches: one accepted with a wrong field, one with a blind inspector, one open."""
    Warehouse(module_database_url).land("catalog__agencies", AGENCIES, batch_id="c")
    people = hall(module_database_url, tmp_path_factory.mktemp("store"))
    for number in (1, 2, 3):
        land(module_database_url, f"box-{number}-0000000{number}")
        people.planner.plan(f"box-{number}-0000000{number}")
    plans = people.ledger.plans()
    judge(people, plans[0], wrong_field=True)
    people.decider.decide(plans[0], "accepted", Signature(CHIEF, "head of the centre"))
    judge(people, plans[1], is_blind=True)
    people.decider.decide(plans[1], "reinspect", Signature(CHIEF, "head of the centre"))
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.people, models.plans = people, plans
    yield models
    people.ledger.close()
    models.owner.dispose()


@pytest.fixture(scope="module")
def built(city):
    wanted = ("+path:models/marts/acceptance", "+dim_document", "+dim_agency")
    wanted += ("+int_acceptance_inspectors__counted", "list_acceptance_defects")
    untested = ("--exclude", "resource_type:unit_test", "resource_type:test")
    done = city.dbt("build", "--select", *wanted, *untested)
    assert done.success, done.failed
    ours = [f"path:models/{layer}/acceptance" for layer in ("staging", "intermediate", "marts")]
    tested = city.dbt("test", "--select", *ours, "--exclude", "resource_type:unit_test")
    assert tested.success, tested.failed
    assert tested.results
    return city


def judge(people, plan, *, wrong_field=False, is_blind=False):
    bad = {row["item_code"] for row in people.ledger.known_bad(plan["plan_code"])}
    for item in people.ledger.sample(plan["plan_code"]):
        defect, fields = None, ()
        if item["item_code"] in bad and not is_blind:
            defect = "blurred"
        elif item["claims"] and item["item_code"] not in bad and wrong_field:
            defect, fields, wrong_field = "wrong_field_value", ("number",), False
        verdict = "fail" if defect else "pass"
        people.inspector.record(Finding(item["item_code"], INSPECTOR, verdict, defect, fields))


def test_a_batch_shows_its_plan_its_counts_and_its_decision(built):
    found = built.rows(
        "select batch_id, decision, decided_role, is_valid, is_deviation, lot_count, sample_count,"
        " inspected_count, defect_count, known_bad_count, known_bad_caught_count,"
        " agency_inspected_count, agency_defect_count, is_accepted_at_first_check"
        " from marts.fct_batch_acceptance order by 1"
    )
    first, blind, waiting = found
    size = built.plans[0]["sample_size"]
    chief = "head of the centre"
    assert first == (
        *("box-1-00000001", "accepted", chief, True, False, 160, size, size, 1, 2, 2, size, 1),
        True,
    )
    assert blind[1:5] == ("reinspect", chief, False, False)
    assert blind[10] == 0
    assert waiting[1:5] == ("open", None, None, None)
    assert waiting[11:] == (0, 0, None)


def test_a_vendor_is_judged_by_valid_inspections(built):
    [found] = built.rows(
        "select plan_count, decided_count, first_check_count, accepted_at_first_check_count,"
        " inspected_count, defect_count, wrong_field_count, checked_field_count > 0,"
        " field_error_share between field_error_share_low and field_error_share_high"
        " from marts.fct_vendor_acceptance"
    )
    assert found == (3, 1, 2, 1, built.plans[0]["sample_size"], 1, 1, True, True)


def test_known_bad_pages_never_become_documents(built):
    [(bad, as_documents)] = built.rows(
        "select count(*), count(d.document_key) from ledger.acceptance_known_bad b"
        " join ledger.acceptance_samples s using (item_code)"
        " left join marts.dim_document d"
        " on s.file_sha256 in (d.archive_sha256, d.document_id)"
    )
    assert (bad, as_documents) == (6, 0)


def test_what_each_inspector_caught_is_counted_out_of_analysts_reach(built):
    found = built.rows(
        "select inspector, sum(known_bad_judged_count), sum(known_bad_caught_count)"
        " from intermediate.int_acceptance_inspectors__counted group by 1"
    )
    assert found == [(INSPECTOR, 4, 2)]
    with built.analyst(A).connect() as connection, pytest.raises(sa.exc.ProgrammingError):
        connection.execute(sa.text("select 1 from intermediate.int_acceptance_inspectors__counted"))


def test_no_name_of_a_person_who_inspected_or_signed_is_in_a_mart(built):
    for mart in MARTS:
        for name in (INSPECTOR, CHIEF):
            assert built.rows(f"select 1 from marts.{mart} t where t::text like '%{name}%'") == []


@pytest.mark.parametrize("mart", MARTS)
def test_an_analyst_sees_the_acceptance_of_the_own_agency_only(built, mart):
    def seen(agency):
        with built.analyst(agency).connect() as connection:
            return connection.scalar(sa.text(f"select count(*) from marts.{mart}"))

    assert seen(A) > 0
    assert seen(B) == 0
