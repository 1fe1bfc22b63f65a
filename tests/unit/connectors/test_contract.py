"""What becomes a row, what is set aside, and what is told about it."""

import json
from datetime import UTC, date, datetime

import pytest

from connectors.business.contract import ENTERPRISES
from connectors.contract import Pii
from connectors.kinds import Unreadable, number
from connectors.pull import KEPT_REJECTIONS, Pull
from connectors.record import Record, Rejected
from connectors.tally import summed

CANARY = "001099000001"
SENT = {
    "taxCode": "0100109106",
    "name": "TEST COMPANY",
    "type": "llc_one",
    "status": "active",
    "address": "TEST STREET",
    "communeCode": "00004",
    "representativeName": "TEST PERSON",
    "foundedDate": "2001-02-03",
    "changedAt": "2026-01-05T08:00:00+07:00",
    "deleted": False,
}
COLUMNS = [*(field.column for field in ENTERPRISES.fields), "_extra"]


def pull_of(*items):
    pull = Pull(ENTERPRISES, lambda: [list(items)])
    return list(pull), pull


def test_an_enterprise_becomes_a_typed_row_with_the_columns_of_the_relation():
    [row], _ = pull_of(SENT)
    assert list(row) == [
        "tax_code",
        "enterprise_name",
        "enterprise_type",
        "status",
        "address",
        "commune_code",
        "representative_name",
        "founded_date",
        "changed_at",
        "is_deleted",
        "_extra",
    ]
    assert row["tax_code"] == row.key == "0100109106"
    assert row["commune_code"] == "00004"
    assert row["founded_date"] == date(2001, 2, 3)
    assert row["changed_at"] == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert row["is_deleted"] is False
    assert row["_extra"] == {}


def test_fields_nobody_agreed_on_are_kept_and_reported_by_name_only():
    [row], pull = pull_of(SENT | {"email": CANARY, "phone": None, CANARY: "x", "TEST PERSON": 1})
    assert row["_extra"] == {"email": CANARY, "phone": None, CANARY: "x", "TEST PERSON": 1}
    assert pull.unknown_fields == {"email": 1, "phone": 1, "(unprintable name)": 2}
    assert CANARY not in str(pull.counts)
    assert "PERSON" not in str(pull.counts)


def test_names_nobody_agreed_on_are_told_up_to_a_bound_and_the_rest_as_one_number():
    made_up = {"Made" + "".join(chr(97 + int(digit)) for digit in f"{n:04}"): n for n in range(900)}
    [row], pull = pull_of(SENT | made_up)
    told = {name: count for name, count in pull.counts.items() if name.startswith("unknown: ")}
    assert list(told.values()) == [1] * 20 + [880]
    assert [f"unknown: {name}" for name in list(made_up)[:20]] == list(told)[:20]
    assert "unknown: (further names)" in told
    assert row["_extra"] == made_up


def test_the_counts_of_many_pulls_name_no_more_than_those_of_one():
    days = [{"received": 3, f"unknown: name_{n}": 2, "odd: name: not text": 1} for n in range(90)]
    told = summed(days)
    assert (told["received"], told["odd: name: not text"]) == (270, 90)
    assert told["unknown: (further names)"] == 140
    assert len(told) == 2 + 20 + 1


def test_an_optional_field_that_cannot_be_read_keeps_its_text_and_costs_no_row():
    [row], pull = pull_of(SENT | {"foundedDate": "31/02/2019", "deleted": "no", "communeCode": 4})
    assert (row["founded_date"], row["is_deleted"], row["commune_code"]) == (None, False, None)
    assert row["_extra"] == {"foundedDate": "31/02/2019", "deleted": "no", "communeCode": 4}
    assert pull.oddities == {
        "founded_date: not an ISO date": 1,
        "is_deleted: not true or false": 1,
        "commune_code: not text": 1,
    }
    assert pull.unknown_fields == {}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"taxCode": None}, "tax_code: missing"),
        ({"taxCode": ""}, "tax_code: missing"),
        ({"taxCode": 100109106}, "tax_code: not text"),
        ({"changedAt": None}, "changed_at: missing"),
        ({"changedAt": CANARY}, "changed_at: not an ISO time"),
        ({"changedAt": "2026-01-05T08:00:00"}, "changed_at: has no time zone"),
        ({"taxCode": "0\0"}, "tax_code: holds what a database cannot store"),
        ({"name": "a\0b"}, "holds what a database cannot store"),
        ({"extra": {"deep": ["\ud800"]}}, "holds what a database cannot store"),
        ({"capital": float("inf")}, "holds what a database cannot store"),
        ({"\0": 1}, "holds what a database cannot store"),
    ],
)
def test_an_item_that_cannot_be_a_row_is_set_aside_without_its_values(spoilt, reason):
    rows, pull = pull_of(SENT, SENT | spoilt, SENT)
    assert len(rows) == 2
    assert pull.rejected == [Rejected(2, reason)]
    assert pull.rejected_count == 1
    assert pull.received == 3


@pytest.mark.parametrize("item", [None, [], CANARY, 7, True])
def test_an_item_that_is_no_object_is_set_aside(item):
    rows, pull = pull_of(item)
    assert rows == []
    assert pull.rejected == [Rejected(1, "not an object")]
    assert CANARY not in repr(pull.rejected)


def test_a_missing_field_is_empty_not_wrong():
    [row], pull = pull_of({"taxCode": "1", "changedAt": SENT["changedAt"], "name": ""})
    assert row["enterprise_name"] is None
    assert row["is_deleted"] is False
    assert pull.counts == {"received": 1, "rejected": 0, "pages": 1}


def test_rejections_are_all_counted_but_only_so_many_are_kept():
    _, pull = pull_of(*[None] * (KEPT_REJECTIONS + 5))
    assert pull.rejected_count == KEPT_REJECTIONS + 5
    assert len(pull.rejected) == KEPT_REJECTIONS


def test_iterating_again_counts_anew():
    pull = Pull(ENTERPRISES, lambda: [[SENT, None]])
    assert len(list(pull)) == len(list(pull)) == 1
    assert (pull.received, pull.rejected_count) == (2, 1)


def test_a_record_shows_neither_key_nor_payload():
    record = Record(CANARY, {"person": CANARY})
    assert CANARY not in f"{record!r} {record} {[record]} {(record,)!s}"
    assert dict(record) == {"person": CANARY}
    assert "person" in record
    assert record.get("absent") is None


def test_the_contract_says_why_we_read_and_what_points_at_a_person():
    assert ENTERPRISES.purpose
    assert "278/2025" in ENTERPRISES.legal_basis
    assert ENTERPRISES.cadence
    assert ENTERPRISES.pii["representative_name"] is Pii.DIRECT
    assert set(ENTERPRISES.pii) | {"_extra"} == set(COLUMNS)


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-05:00"])
def test_a_time_beyond_every_calendar_costs_its_item_and_no_other(end):
    rows, pull = pull_of(SENT | {"changedAt": end}, SENT)
    assert len(rows) == 1
    assert pull.rejected == [Rejected(1, "changed_at: not a time of any calendar")]


def test_a_number_longer_than_the_warehouse_takes_is_none():
    assert number(int("9" * 900)).adjusted() == 899
    with pytest.raises(Unreadable):
        number(int("9" * 1_500))


def test_what_is_nested_without_end_costs_its_item_and_no_other():
    deep = json.loads("[" * 900 + "]" * 900)
    rows, pull = pull_of(SENT | {"note": deep}, SENT)
    assert len(rows) == 1
    assert pull.rejected == [Rejected(1, "holds what a database cannot store")]
    [letter] = pull.dead_letters()
    assert "TEST COMPANY" in letter["item"]
