"""An invented official becomes a row; what is missing or odd is counted, and no value is told."""

from datetime import UTC, date, datetime

import pytest

from connectors.civil_servants.contract import OFFICIALS
from connectors.civil_servants.registry import _facts
from connectors.pull import Pull
from connectors.record import Rejected

CANARY = "000600000001"
SENT = {
    "officialId": "CB0000001",
    "personId": CANARY,
    "fullName": "TEST PERSON",
    "birthDate": "1980-02-03",
    "sex": "female",
    "agencyCode": "H26.03",
    "agencyName": "TEST AGENCY",
    "positionTitle": "Chuyên viên",
    "rankCode": "01.003",
    "category": "civil_servant",
    "appointedDate": "2010-09-01",
    "status": "active",
    "changedAt": "2026-01-05T08:00:00+07:00",
    "deleted": False,
}


def pull_of(*items):
    pull = Pull(OFFICIALS, lambda: [list(items)], _facts)
    return list(pull), pull


def test_an_official_becomes_a_typed_row():
    [row], pull = pull_of(SENT)
    assert row.key == "CB0000001"
    assert (row["person_id"], row["agency_code"]) == (CANARY, "H26.03")
    assert (row["birth_date"], row["appointed_date"]) == (date(1980, 2, 3), date(2010, 9, 1))
    assert row["changed_at"] == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert row["is_deleted"] is False
    assert pull.counts == {"received": 1, "rejected": 0, "pages": 1}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"officialId": None}, "official_id: missing"),
        ({"officialId": 17}, "official_id: not text"),
        ({"changedAt": "2026-01-05T08:00:00"}, "changed_at: has no time zone"),
    ],
)
def test_an_official_without_number_or_time_is_set_aside_without_its_values(spoilt, reason):
    rows, pull = pull_of(SENT, SENT | spoilt)
    assert len(rows) == 1
    assert pull.rejected == [Rejected(2, reason)]
    assert CANARY not in repr(pull.rejected) + str(pull.counts)


def test_what_is_odd_lands_and_is_counted():
    rows, pull = pull_of(
        SENT | {"personId": None},
        SENT | {"personId": CANARY[3:]},
        SENT | {"personId": "12-34"},
        SENT | {"fullName": "", "agencyCode": None},
        SENT | {"birthDate": "1980"},
        SENT | {"salary": 1},
    )
    assert len(rows) == 6
    assert rows[4]["_extra"] == {"birthDate": "1980"}
    assert pull.oddities == {
        "person_id: missing": 1,
        "person_id: old number": 1,
        "person_id: no known shape": 1,
        "full_name: missing": 1,
        "agency_code: missing": 1,
        "birth_date: not an ISO date": 1,
    }
    assert pull.unknown_fields == {"salary": 1}
