"""What a gate says of good data, of bad data, and when it cannot tell."""

import json
from concurrent.futures import ThreadPoolExecutor

import great_expectations as gx
import pytest
import sqlalchemy as sa

from expectations.errors import GateBroken, WarehouseSilent
from expectations.gate import judge
from expectations.suites.agreed import WARNS, given, no_row, shaped, some_rows

CANARY = "079188000001"
ROW = {"_batch_id": "b", "person_id": CANARY, "person_name": "TEST PERSON"}


def a_suite(*expectations):
    return gx.ExpectationSuite(name="people", expectations=list(expectations))


def every_byte_of(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_good_data_opens_the_gate(bench, tmp_path):
    relation = bench.lay(ROW, [ROW, ROW])
    report = judge(
        bench.url, relation, a_suite(some_rows(), given("person_id")), site=tmp_path, run_name="r"
    )
    assert report.passed
    assert not report.blocks
    assert (report.severity, report.failures, report.evaluated, report.rows) == (None, (), 2, 2)


def test_bad_data_shuts_it_and_says_which_agreement_broke(bench, tmp_path):
    relation = bench.lay(ROW, [ROW])
    broken = shaped("person_id", "^[0-9]{3}$")
    report = judge(bench.url, relation, a_suite(broken), site=tmp_path, run_name="r")
    assert not report.passed
    assert report.blocks
    assert report.severity == "critical"
    assert report.failures == ("expect_column_values_to_match_regex(person_id)",)


def test_a_warning_is_told_and_does_not_hold_back(bench, tmp_path):
    relation = bench.lay(ROW, [ROW])
    suite = a_suite(some_rows(), shaped("person_id", "^[0-9]{3}$", WARNS))
    report = judge(bench.url, relation, suite, site=tmp_path, run_name="r")
    assert (report.passed, report.severity, report.blocks) == (False, "warning", False)
    both = a_suite(shaped("person_id", "^[0-9]{3}$", WARNS), shaped("person_name", "^x$"))
    report = judge(bench.url, relation, both, site=tmp_path, run_name="r")
    assert (report.passed, report.severity, report.blocks) == (False, "critical", True)


def test_a_gate_that_judged_nothing_is_shut(bench, tmp_path):
    relation = bench.lay(ROW, [ROW])
    report = judge(bench.url, relation, a_suite(), site=tmp_path, run_name="r")
    assert report.blocks
    assert report.evaluated == 0


def test_a_missing_column_breaks_the_gate_rather_than_blaming_the_data(bench, tmp_path):
    relation = bench.lay(ROW, [ROW])
    suite = a_suite(some_rows(), given("birth_date"))
    with pytest.raises(GateBroken, match=r"not_be_null\(birth_date\)") as caught:
        judge(bench.url, relation, suite, site=tmp_path, run_name="r")
    assert not caught.value.retryable
    assert "person_id" not in str(caught.value)


def test_a_missing_relation_breaks_the_gate(bench, tmp_path):
    with pytest.raises(GateBroken, match=r"staging\.nothing is not there"):
        judge(bench.url, "staging.nothing", a_suite(some_rows()), site=tmp_path, run_name="r")


def test_a_silent_database_is_worth_another_try_and_its_address_is_not_told(tmp_path):
    url = "postgresql+psycopg://kho:hidden@127.0.0.1:1/kho"
    with pytest.raises(WarehouseSilent) as caught:
        judge(url, "staging.x", a_suite(some_rows()), site=tmp_path, run_name="r")
    assert caught.value.retryable
    assert "hidden" not in str(caught.value)


def test_a_person_in_failing_rows_appears_nowhere(bench, tmp_path, caplog, capfd):
    relation = bench.lay(ROW, [ROW, ROW])
    suite = a_suite(
        shaped("person_id", "^x$"),
        gx.expectations.ExpectColumnMostCommonValueToBeInSet(column="person_name", value_set=["x"]),
        gx.expectations.ExpectColumnValuesToBeUnique(column="person_id"),
        no_row("ids_are_small", "person_id <> ''"),
    )
    report = judge(bench.url, relation, suite, site=tmp_path, run_name="r")
    # A failing cast quotes the value in the database's own message.
    suite = a_suite(no_row("ids_are_dates", "person_name::date < now()"), given("person_id"))
    with pytest.raises(GateBroken) as caught:
        judge(bench.url, relation, suite, site=tmp_path, run_name="r2")
    assert "Exception occurred" not in caplog.text
    said = "".join(capfd.readouterr()) + caplog.text + repr(report) + repr(caught.getrepr())
    kept = every_byte_of(tmp_path)
    password = sa.make_url(bench.url).password
    for secret in (CANARY, "TEST PERSON", password):
        assert secret not in said
        assert secret.encode() not in kept
    assert len(report.failures) == 4
    assert b"ids_are_small" in kept or b"ids are small" in kept


def test_two_gates_at_once_judge_each_their_own_rows(bench, tmp_path):
    good = bench.lay(ROW, [ROW])
    bad = bench.lay(ROW, [{**ROW, "person_id": None}] * 3)

    def gate(relation):
        return judge(
            bench.url, relation, a_suite(given("person_id")), site=tmp_path, run_name=relation
        )

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(gate, [good, bad, good, bad]))
    assert [(report.passed, report.rows) for report in reports] == [(True, 1), (False, 3)] * 2


def test_what_is_kept_of_a_run_is_counts(bench, tmp_path):
    relation = bench.lay(ROW, [ROW, {**ROW, "person_id": None}])
    suite = a_suite(given("person_id"))
    judge(bench.url, relation, suite, site=tmp_path, run_name="r")
    [kept] = (tmp_path / ".record" / "uncommitted" / "validations").rglob("*.json")
    [result] = json.loads(kept.read_bytes())["results"]
    assert result["result"]["unexpected_count"] == 1
    assert all(
        isinstance(value, int | float) or value is None for value in result["result"].values()
    )
