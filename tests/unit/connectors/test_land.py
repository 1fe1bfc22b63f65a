"""An invented parcel becomes a row; pages that follow the last item move on or are given up."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from connectors.errors import RegistryMisbehaved
from connectors.keyset import Keyset, pages_after
from connectors.kinds import Unreadable, number
from connectors.land.contract import PARCELS
from connectors.land.registry import _facts
from connectors.pull import Pull
from connectors.record import Rejected

CANARY = "000000000001"
SENT = {
    "parcelId": "P000000001",
    "communeCode": "00004",
    "mapSheet": "012",
    "parcelNumber": "7",
    "oldCommuneCode": "00001",
    "oldMapSheet": "03",
    "oldParcelNumber": "44",
    "address": "TEST ADDRESS",
    "areaM2": 120.5,
    "landUse": "ODT",
    "certificateNumber": "ZZ 100001",
    "issuedDate": "2001-02-03",
    "holderPersonId": CANARY,
    "holderName": "TEST PERSON",
    "changedAt": "2026-01-05T08:00:00+07:00",
    "deleted": False,
}
KEYSET = Keyset(moment="changedAt", key="parcelId")


def pull_of(*items):
    pull = Pull(PARCELS, lambda: [list(items)], _facts)
    return list(pull), pull


def test_a_parcel_becomes_a_typed_row_with_both_its_keys():
    [row], pull = pull_of(SENT)
    assert row.key == "P000000001"
    assert (row["commune_code"], row["map_sheet"], row["parcel_number"]) == ("00004", "012", "7")
    assert (row["old_commune_code"], row["old_map_sheet"]) == ("00001", "03")
    assert row["area_m2"] == Decimal("120.5")
    assert row["issued_date"] == date(2001, 2, 3)
    assert row["changed_at"] == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert pull.counts == {"received": 1, "rejected": 0, "pages": 1}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"parcelId": None}, "parcel_id: missing"),
        ({"changedAt": "yesterday"}, "changed_at: not an ISO time"),
    ],
)
def test_a_parcel_without_key_or_time_is_set_aside_without_its_values(spoilt, reason):
    rows, pull = pull_of(SENT, SENT | spoilt)
    assert len(rows) == 1
    assert pull.rejected == [Rejected(2, reason)]
    assert CANARY not in repr(pull.rejected) + str(pull.counts)


def test_what_is_odd_lands_and_is_counted():
    _, pull = pull_of(
        SENT | {"mapSheet": ""},
        SENT | {"holderPersonId": None},
        SENT | {"holderPersonId": "12-34"},
        SENT | {"areaM2": "125,5"},
    )
    assert pull.oddities == {
        "parcel key: not whole": 1,
        "holder_person_id: missing": 1,
        "holder_person_id: no known shape": 1,
        "area_m2: not a number": 1,
    }


@pytest.mark.parametrize(("sent", "read"), [(7, "7"), (7.25, "7.25"), ("0.50", "0.50")])
def test_a_number_is_read_exactly(sent, read):
    assert number(sent) == Decimal(read)


@pytest.mark.parametrize("sent", ["1,5", "1 200", "", "NaN", "1e5", True, [], float("nan")])
def test_what_is_no_number_for_certain_is_none(sent):
    with pytest.raises(Unreadable):
        number(sent)


class Registry:
    """Answers pages one after the other and remembers what was asked."""

    most_pages = 4

    def __init__(self, *pages):
        self.pages, self.asked = list(pages), []

    def place(self, path):
        return f"registry.test{path}"

    def answer(self, _path, params):
        self.asked.append(dict(params))
        return self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]


def item(key, minute):
    return {"parcelId": key, "changedAt": f"2026-01-05T08:{minute:02}:00+07:00"}


def page(*items, more=False):
    return {"items": list(items), "has_more": more}


def test_the_next_page_follows_time_and_key_of_the_last_item():
    same = page(item("a", 1), item("b", 1), more=True)
    registry = Registry(same, page(item("c", 1), more=True), page(item("a", 2)))
    taken = list(pages_after(registry, "/v1", {"from": "x"}, KEYSET))
    assert [[one["parcelId"] for one in some] for some in taken] == [["a", "b"], ["c"], ["a"]]
    assert [asked.get("after_key") for asked in registry.asked] == [None, "b", "c"]
    assert registry.asked[1]["after_time"] == "2026-01-05T08:01:00+07:00"
    assert all(asked["from"] == "x" for asked in registry.asked)


@pytest.mark.parametrize(
    "pages",
    [
        [page(item("a", 1), more=True)],  # the same page again and again
        [page(item("b", 2), more=True), page(item("a", 1), more=True)],  # backwards
        [page(more=True)],
        [page({"parcelId": "a"}, more=True)],
        [page("a", more=True)],
        [{"items": []}],
        [{"items": [], "has_more": "no"}],
        [[]],
    ],
)
def test_pages_that_do_not_move_on_are_given_up(pages):
    with pytest.raises(RegistryMisbehaved):
        list(pages_after(Registry(*pages), "/v1", {}, KEYSET))


def test_pages_without_an_end_are_given_up():
    endless = [page(item("a", minute), more=True) for minute in range(9)]
    with pytest.raises(RegistryMisbehaved, match="no last page within 4"):
        list(pages_after(Registry(*endless), "/v1", {}, KEYSET))
