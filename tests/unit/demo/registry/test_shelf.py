"""What a register shows changes while it is served, on demand and the same for the same seed."""

from datetime import date

from demo.registry.officials import OfficialRecipe, invent_officials
from demo.registry.people import person
from demo.registry.population import frequencies, verdict
from demo.registry.served import by_cursor, by_keyset, keys
from demo.registry.shelf import Shelf

DAY = date(2026, 1, 5)
ASKED = {"from": "2026-01-05", "to": "2026-01-05"}


def shelf(**how):
    found = invent_officials(OfficialRecipe(officials=200, seed=3, without_id=0.05))
    return Shelf(found.changes, "officialId", new_field={"trainingPlan": "KH-01"}, **how), found


def test_drift_and_lateness_come_and_go_on_demand():
    shown, found = shelf()
    assert not any("trainingPlan" in one for one in by_cursor(shown, ASKED, 50)["items"])
    shown.drift(is_on=True)
    assert all("trainingPlan" in one for one in by_keyset(shown, ASKED, 50)["items"])
    shown.drift(is_on=False)
    assert not any("trainingPlan" in one for one in by_keyset(shown, ASKED, 50)["items"])
    shown.hold_back(0.5)
    assert len(shown.changes) < len(found.changes) * 0.7
    shown.commit_late()
    assert shown.changes == found.changes


def test_pages_by_place_and_pages_by_time_and_key_show_the_same_changes():
    shown, _ = shelf()
    by_place, asked = [], dict(ASKED)
    while True:
        page = by_cursor(shown, asked, 7)
        by_place += page["items"]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]
    by_key, asked = [], dict(ASKED)
    while True:
        page = by_keyset(shown, asked, 7)
        by_key += page["items"]
        if not page["has_more"]:
            break
        last = page["items"][-1]
        asked |= {"after_time": last["changedAt"], "after_key": last["officialId"]}

    def named(items):
        return {(one["changedAt"], one["officialId"], one["fullName"]) for one in items}

    assert named(by_place) == named(by_key)
    assert any(one["officialId"] is None for one in by_key)
    here = {key for _, key, _ in named(by_key) if key}
    assert 0 < len(keys(shown, {}, 1000)["items"]) <= len(here)


def test_officials_are_grown_up_when_they_are_appointed():
    found = invent_officials(OfficialRecipe(officials=500, date_not_iso=0)).changes
    for one in found:
        years = int(one["appointedDate"][:4]) - int(one["birthDate"][:4])
        assert years >= 18, "a suite of the warehouse would doubt the sample city"


def claim(number, name, **more):
    return {"ordinal": 1, "personId": number, "fullName": name, **more}


def test_population_answers_claims_and_never_repeats_what_was_asked():
    known = [one for one in (person(1, n) for n in range(40)) if one.is_registered]
    one = next(one for one in known if int(one.number) % 5)
    told = verdict(1, claim(one.number, one.name.upper(), birthDate=one.birth_date.isoformat()))
    assert told == {"ordinal": 1, "differing": [], "result": "matched"}
    told = verdict(1, claim(one.number, "TEST PERSON", birthDate="1900-01-01"))
    assert told == {"ordinal": 1, "differing": ["fullName", "birthDate"], "result": "differs"}
    assert verdict(1, claim(one.number[3:], one.name))["successorPersonId"] == one.number
    twice = next(one for one in known if not int(one.number) % 5)
    assert verdict(1, claim(twice.number[3:], twice.name))["result"] == "ambiguous"
    nobody = next(one for one in (person(1, n) for n in range(40)) if not one.is_registered)
    assert verdict(1, claim(nobody.number, nobody.name))["result"] == "not_found"
    assert verdict(1, claim("999000000001", one.name))["result"] == "not_found"


def test_rare_names_are_not_told():
    told = {(one["part"], one["name"]) for one in frequencies()}
    assert ("family", "Nguyễn") in told
    assert ("family", "Khuất") not in told
