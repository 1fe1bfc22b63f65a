"""A pull of officials against the real sample registry, in bad weather and while it changes."""

from collections import Counter
from dataclasses import replace

import pytest

from connectors.civil_servants.registry import CivilServantsRegistry
from demo.registry.officials import OfficialRecipe, invent_officials
from tests.support.registries import DAY, HASTE, samples

PATIENT = replace(HASTE, attempts=30, failures_before_rest=30)


def expected(**recipe):
    register = invent_officials(OfficialRecipe(**recipe))
    return Counter((c["officialId"], c["changedAt"]) for c in register.changes if c["officialId"])


def landed(rows):
    return Counter((row.key, row["changed_at"].isoformat()) for row in rows)


@pytest.fixture(scope="module")
def served():
    """One registry for the module: a third of its answers fail, and tokens die after nine."""
    with samples() as start:
        yield start(
            seed=11, officials=500, parcels=1, enterprises=1, page_size=20, busy=0.2, down=0.1,
            token_uses=9,
        )  # fmt: skip


def officials(served):
    return CivilServantsRegistry(served.http(manners=PATIENT)).officials_changed_on(DAY)


def test_failures_and_an_expiring_token_lose_and_double_nothing(served):
    pull = officials(served)
    rows = list(pull)
    planted = invent_officials(OfficialRecipe(officials=500, seed=11)).planted
    sent = expected(officials=500, seed=11)
    assert set(landed(rows)) == set(sent)
    assert sum(landed(rows).values()) <= sum(sent.values())
    assert planted["same_moment"] > 30
    assert pull.rejected_count >= planted["without_id"] > 0
    assert pull.oddities["person_id: missing"] >= planted["without_person"] > 0
    assert pull.oddities["person_id: old number"] >= planted["old_number"] > 0
    assert pull.oddities["appointed_date: not an ISO date"] >= planted["date_not_iso"] > 0
    health = served.health()
    assert health["busy"] > 5
    assert health["down"] > 2
    assert health["tokens_issued"] > 3


def test_a_field_nobody_agreed_on_is_reported_while_it_is_sent(served):
    served.control(drift=1)
    assert officials(served).unknown_fields == {}  # nothing was asked yet
    pull = officials(served)
    rows = list(pull)
    assert pull.unknown_fields == {"trainingPlan": len(rows)}
    assert all(row["_extra"]["trainingPlan"] == "KH-01" for row in rows)
    served.control(drift=0)
    pull = officials(served)
    assert len(list(pull)) == len(rows)
    assert pull.unknown_fields == {}


def test_what_is_held_back_comes_once_it_is_committed(served):
    served.control(late=0.4)
    fewer = landed(officials(served))
    served.control(commit_late=1)
    assert len(fewer) < len(landed(officials(served))) == len(expected(officials=500, seed=11))


def test_the_list_names_every_official_who_is_here(served):
    registry = CivilServantsRegistry(served.http(manners=PATIENT))
    latest = {}
    for change in invent_officials(OfficialRecipe(officials=500, seed=11)).changes:
        latest[change["officialId"]] = change
    here = {key for key, change in latest.items() if key and not change["deleted"]}
    assert {key for key, _ in registry.official_keys()} == here
