"""From a landed batch to a signature: what is drawn, found and decided, and what is refused."""

import concurrent.futures

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from ocr_assets.acceptance.deciding import Signature
from ocr_assets.acceptance.errors import (
    BatchUnbalanced,
    FindingUnclear,
    FourEyesBroken,
    InspectionInvalid,
    ItemUnknown,
    NothingToInspect,
    PlanDecided,
    PlanMissing,
    ReasonMissing,
    SampleUnfinished,
)
from ocr_assets.acceptance.inspection import Finding
from tests.integration.ocr_assets.acceptance.conftest import OPERATOR, document, file, hall, land
from warehouse.loading import Warehouse

BATCH = "box-1-00000000"
CHIEF = Signature("TEST CHIEF", "head of the centre")


def finding(item, verdict="pass", inspector="TEST INSPECTOR", **more):
    return Finding(item["item_code"], inspector, verdict, **more)


def bad_codes(people, plan):
    return {row["item_code"] for row in people.ledger.known_bad(plan["plan_code"])}


def real_items(people, plan):
    bad = bad_codes(people, plan)
    return [i for i in people.ledger.sample(plan["plan_code"]) if i["item_code"] not in bad]


def judge_all(people, plan, *, defects=0, missed=0, inspector="TEST INSPECTOR"):
    """Judge every item rightly, but fail some good ones and miss some bad ones."""
    bad = sorted(bad_codes(people, plan))
    failing = set(bad[missed:])
    failing |= {item["item_code"] for item in real_items(people, plan)[:defects]}
    for item in people.ledger.sample(plan["plan_code"]):
        is_bad = item["item_code"] in failing
        verdict = ("fail", "blurred") if is_bad else ("pass", None)
        people.inspector.record(
            Finding(item["item_code"], inspector, verdict[0], defect=verdict[1])
        )


@pytest.fixture
def plan(people):
    [plan] = people.planner.plan(BATCH)
    return plan


def test_a_plan_says_all_that_made_it(people, plan):
    assert {key: plan[key] for key in ("vendor", "unit", "inspection", "owner", "attempt")} == {
        "vendor": OPERATOR,
        "unit": "page",
        "inspection": "normal",
        "owner": "TEST OWNER",
        "attempt": 1,
    }
    assert plan["lot_size"] == 160  # 40 usable documents of 4 pages; refused ones are no lot
    numbers = ("code_letter", "sample_size", "accept_number", "reject_number")
    assert [plan[key] for key in numbers] == ["G", 32, 1, 2]
    assert len(people.ledger.sample(plan["plan_code"])) == 32 + plan["known_bad_count"]


def test_every_box_and_hard_class_is_in_the_sample(people, plan):
    items = real_items(people, plan)
    assert {item["box_code"] for item in items} == {"B0", "B1", "B2"}
    assert {item["stratum"] for item in items} == {"plain", "degraded", "doubtful_number"}


def test_an_auditor_draws_the_same_sample_again(people, plan):
    drawn = {item["item_code"] for item in real_items(people, plan)}
    assert people.counter.redrawn(plan) == drawn
    assert people.counter.redrawn(plan | {"seed": "another"}) != drawn


def test_known_bad_pages_look_like_any_other_item(people, plan):
    assert plan["known_bad_count"] == 2
    bad = bad_codes(people, plan)
    listed = people.inspector.items(BATCH)
    assert bad <= {item["item_code"] for item in listed}
    assert [item["position"] for item in listed] == list(range(1, 35))
    boxes = {item["box_code"] for item in real_items(people, plan)}
    for item in listed:
        assert set(item) == set(listed[0])
        assert item["box_code"] in boxes
        if item["item_code"] in bad:
            assert people.store.has(item["file_sha256"])
            assert item["agency_code"] == "H26.01"
        assert set(item["claims"]) <= {"number", "date", "issuer", "type", "abstract", "signer"}
    codes = [item["item_code"] for item in listed]
    assert codes == sorted(codes)  # by code, which is chance, so the bad ones stand among the good


def test_known_bad_pages_are_no_documents(people, plan):
    files = {item["file_sha256"] for item in people.ledger.sample(plan["plan_code"])}
    with sa.create_engine(people.url).connect() as connection:
        known = set(
            connection.scalars(sa.text("select archive_sha256 from raw.digitization__documents"))
        )
    assert len(files - known) == plan["known_bad_count"]


def test_a_plan_is_drawn_once_however_often_it_is_asked_for(people, plan):
    assert people.planner.plan(BATCH) == [plan]
    assert len(people.ledger.plans(BATCH)) == 1


def test_two_who_draw_at_once_get_one_plan(people):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda _: people.planner.plan(BATCH), range(4)))
    assert len({plan["plan_code"] for [plan] in plans}) == 1
    assert len(people.ledger.plans(BATCH)) == 1


def test_documents_are_the_unit_where_the_rule_says_so(people, tmp_path):
    [plan] = hall(people.url, tmp_path / "s", unit="document").planner.plan(BATCH)
    assert plan["lot_size"] == 40
    assert {item["page_number"] for item in people.ledger.sample(plan["plan_code"])} == {None}


def test_every_vendor_of_a_batch_has_a_plan(people):
    files = [file(n, operator=f"TEST OPERATOR {n % 2}") for n in range(1, 43)]
    Warehouse(people.url).land("digitization__files", files, batch_id=BATCH)
    plans = people.planner.plan(BATCH)
    assert [plan["vendor"] for plan in plans] == ["TEST OPERATOR 0", "TEST OPERATOR 1"]
    with pytest.raises(PlanMissing, match="--vendor"):
        people.decider.plan(BATCH)
    assert people.decider.plan(BATCH, "TEST OPERATOR 1") == plans[1]


def test_a_batch_with_files_without_an_outcome_is_not_planned(people):
    Warehouse(people.url).land("digitization__documents", [document(1)], batch_id=BATCH)
    with pytest.raises(BatchUnbalanced, match="41 of its files"):
        people.planner.plan(BATCH)


def test_a_batch_without_usable_pages_has_nothing_to_inspect(people):
    Warehouse(people.url).land("digitization__pages", [], batch_id=BATCH)
    with pytest.raises(NothingToInspect, match="no usable page"):
        people.planner.plan(BATCH)


def test_bytes_that_another_delivery_declares_secret_are_not_shown(people):
    other = [file(1, secrecy="mat")]
    Warehouse(people.url).land("digitization__files", other, batch_id="box-9-00000000")
    [plan] = people.planner.plan(BATCH)
    assert plan["lot_size"] == 156


def test_who_scanned_may_neither_inspect_nor_sign(people, plan):
    [item, *_] = people.ledger.sample(plan["plan_code"])
    for name in (OPERATOR, "  test   operator "):
        with pytest.raises(FourEyesBroken, match="colleague") as caught:
            people.inspector.record(finding(item, inspector=name))
        assert "OPERATOR" not in str(caught.value)
        with pytest.raises(FourEyesBroken):
            people.decider.decide(plan, "refused", Signature(name, "operator"))
    with pytest.raises(FourEyesBroken, match="without a name"):
        people.inspector.record(finding(item, inspector=" "))


@pytest.mark.parametrize(
    ("verdict", "more", "says"),
    [
        ("good", {}, "'pass' or 'fail'"),
        ("fail", {}, "names its defect"),
        ("pass", {"defect": "blurred"}, "a pass has none"),
        ("fail", {"defect": "ugly"}, "one of blurred"),
        ("fail", {"defect": "wrong_field_value"}, "names the wrong fields"),
        ("fail", {"defect": "blurred", "wrong_fields": ["number"]}, "names the wrong fields"),
        ("fail", {"defect": "wrong_field_value", "wrong_fields": ["colour"]}, "are: "),
    ],
)
def test_a_finding_that_contradicts_itself_is_refused(people, plan, verdict, more, says):
    [item, *_] = people.ledger.sample(plan["plan_code"])
    with pytest.raises(FindingUnclear, match=says):
        people.inspector.record(finding(item, verdict, **more))
    assert people.ledger.findings(plan["plan_code"]) == []


def test_an_unknown_item_and_an_unplanned_batch_are_named(people):
    with pytest.raises(ItemUnknown, match="acceptance list"):
        people.inspector.record(Finding("K-0", "TEST INSPECTOR", "pass"))
    with pytest.raises(PlanMissing, match="acceptance plan --batch box-9"):
        people.inspector.items("box-9")


def test_two_inspectors_stand_side_by_side_and_their_disagreement_shows(people, plan):
    [item, *_] = real_items(people, plan)
    people.inspector.record(finding(item, "pass", "TEST ONE"))
    people.inspector.record(finding(item, "fail", "TEST TWO", defect="blurred"))
    assert len(people.ledger.findings(plan["plan_code"])) == 2
    now = people.decider.standing(plan)
    assert now.disputed == (item["item_code"],)
    assert now.defect_count == 1
    people.inspector.record(finding(item, "pass", "TEST TWO"))  # second look, the first is kept
    assert people.decider.standing(plan).disputed == ()
    assert len(people.ledger.findings(plan["plan_code"])) == 3


def test_a_good_batch_is_accepted_by_its_counts(people, plan):
    judge_all(people, plan, defects=1)
    entry = people.decider.decide(plan, "accepted", CHIEF)
    assert (entry["inspected_count"], entry["defect_count"]) == (32, 1)
    assert (entry["known_bad_judged_count"], entry["known_bad_caught_count"]) == (2, 2)
    assert entry["is_valid"]
    assert not entry["is_deviation"]
    assert people.ledger.decisions(plan["plan_code"])[0]["decided_by"] == "TEST CHIEF"


def test_nothing_is_accepted_before_all_was_looked_at(people, plan):
    [item, *_] = real_items(people, plan)
    people.inspector.record(finding(item))
    for decision in ("accepted", "refused"):
        with pytest.raises(SampleUnfinished, match="33 items"):
            people.decider.decide(plan, decision, CHIEF)


def test_a_batch_that_is_lost_already_may_be_refused_at_once(people, plan):
    for item in real_items(people, plan)[:2]:
        people.inspector.record(finding(item, "fail", defect="cut_edge"))
    assert not people.decider.decide(plan, "refused", CHIEF)["is_deviation"]


def test_accepting_against_the_counts_takes_a_reason_and_shows(people, plan):
    judge_all(people, plan, defects=2)
    with pytest.raises(ReasonMissing, match="2 defective, Ac 1, Re 2"):
        people.decider.decide(plan, "accepted", CHIEF)
    signed = Signature(CHIEF.by, CHIEF.role, "the paper itself is torn")
    assert people.decider.decide(plan, "accepted", signed)["is_deviation"]
    [kept] = people.ledger.decisions(plan["plan_code"])
    assert kept["reason"] == "the paper itself is torn"


def test_refusing_a_good_batch_takes_a_reason_too(people, plan):
    judge_all(people, plan)
    with pytest.raises(ReasonMissing):
        people.decider.decide(plan, "refused", CHIEF)


def test_an_inspector_who_does_not_look_makes_the_result_invalid(people, plan):
    judge_all(people, plan, missed=1)
    [eye] = people.decider.standing(plan).eyes
    assert (eye.judged, eye.caught) == (2, 1)
    with pytest.raises(InspectionInvalid, match="60%"):
        people.decider.decide(plan, "accepted", CHIEF)
    entry = people.decider.decide(plan, "reinspect", CHIEF)
    assert not entry["is_valid"]
    assert not entry["is_deviation"]


def test_looking_again_until_the_result_pleases_is_a_deviation(people, plan):
    judge_all(people, plan, defects=2)
    with pytest.raises(ReasonMissing):
        people.decider.decide(plan, "reinspect", CHIEF)


def test_after_reinspect_another_sample_is_drawn_and_the_first_plan_is_closed(people, plan):
    judge_all(people, plan, missed=2)
    people.decider.decide(plan, "reinspect", CHIEF)
    [again] = people.planner.plan(BATCH)
    assert again["attempt"] == 2
    assert again["seed"] != plan["seed"]
    with pytest.raises(PlanDecided, match="new plan"):
        people.inspector.record(finding(people.ledger.sample(plan["plan_code"])[0]))
    with pytest.raises(PlanDecided):
        people.decider.decide(plan, "accepted", Signature("TEST CHIEF", "head", "after all"))
    assert {item["plan_code"] for item in people.inspector.items(BATCH)} == {again["plan_code"]}


def test_a_decision_is_corrected_only_with_a_reason(people, plan):
    judge_all(people, plan)
    people.decider.decide(plan, "accepted", CHIEF)
    with pytest.raises(PlanDecided, match="--reason"):
        people.decider.decide(plan, "refused", CHIEF)
    people.decider.decide(plan, "refused", Signature("TEST CHIEF", "head", "wrong box"))
    said = [row["decision"] for row in people.ledger.decisions(plan["plan_code"])]
    assert said == ["accepted", "refused"]


def test_two_lost_lots_of_a_vendor_tighten_the_next(people, plan):
    plans = [plan]
    for number in (2, 3):
        judge_all(people, plans[-1], defects=2)
        people.decider.decide(plans[-1], "refused", CHIEF)
        land(people.url, f"box-{number}-00000000")
        plans += people.planner.plan(f"box-{number}-00000000")
    assert [one["inspection"] for one in plans] == ["normal", "normal", "tightened"]
    land(people.url, "box-4-00000000", operator="TEST OTHER")
    [other] = people.planner.plan("box-4-00000000")
    assert other["inspection"] == "normal"


def test_an_invalid_inspection_says_nothing_about_the_vendor(people, plan):
    for number in (2, 3, 4):
        judge_all(people, plan, defects=2, missed=2)
        people.decider.decide(plan, "refused", CHIEF)
        land(people.url, f"box-{number}-00000000")
        [plan] = people.planner.plan(f"box-{number}-00000000")
        assert plan["inspection"] == "normal"


@pytest.mark.parametrize("table", ["plans", "samples", "known_bad", "findings", "decisions"])
def test_what_was_written_is_never_changed(people, plan, table):
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        sa.create_engine(people.url).begin() as connection,
    ):
        connection.exec_driver_sql(f"delete from ledger.acceptance_{table}")
