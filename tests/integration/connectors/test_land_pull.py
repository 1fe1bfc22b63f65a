"""A pull of parcels against the real sample registry, in bad weather and while it changes."""

from collections import Counter
from dataclasses import replace

import pytest

from connectors.errors import RegistryMisbehaved
from connectors.land.registry import LandRegistry
from demo.registry.parcels import ParcelRecipe, invent_parcels
from tests.support.registries import DAY, HASTE


def expected(**recipe):
    register = invent_parcels(ParcelRecipe(**recipe))
    return Counter((c["parcelId"], c["changedAt"]) for c in register.changes if c["parcelId"])


def landed(rows):
    return Counter((row.key, row["changed_at"].isoformat()) for row in rows)


def parcels(served, manners=HASTE, **how):
    return LandRegistry(served.http(manners=manners, **how)).parcels_changed_on(DAY)


def test_a_pull_brings_every_parcel_and_counts_the_planted_errors(sample):
    pull = parcels(sample(seed=5, parcels=1500, page_size=97))
    rows = list(pull)
    planted = invent_parcels(ParcelRecipe(parcels=1500, seed=5)).planted
    assert landed(rows) == expected(parcels=1500, seed=5)
    assert planted["same_moment"] > 100
    assert pull.rejected_count >= planted["without_id"] > 0
    assert pull.oddities["holder_person_id: missing"] >= planted["without_holder"] > 0
    assert pull.oddities["parcel key: not whole"] >= planted["without_new_key"] > 0
    assert pull.oddities["area_m2: not a number"] >= planted["area_not_a_number"] > 0


def test_failures_and_an_expiring_token_lose_and_double_nothing(sample):
    served = sample(seed=6, parcels=600, page_size=5, busy=0.2, down=0.1, token_uses=9)
    patient = replace(HASTE, attempts=30, failures_before_rest=30)
    rows = list(parcels(served, manners=patient))
    assert landed(rows) == expected(parcels=600, seed=6)
    assert served.health()["busy"] > 10
    assert served.health()["tokens_issued"] > 5


def test_changes_committed_while_we_page_shift_nothing(sample):
    served = sample(seed=7, parcels=600, page_size=50, late=0.2)
    pages = iter(parcels(served))
    first = next(pages)
    served.control(commit_late=1)
    taken = landed([first, *pages])
    everything = expected(parcels=600, seed=7)
    assert max(taken.values()) == 1
    # What stood behind the first page came whole; only what was put before it is for the next time.
    last = sorted((moment, key) for key, moment in everything)[-450:]
    assert all((key, moment) in taken for moment, key in last)


def test_a_registry_that_sends_the_same_page_again_is_given_up(sample):
    served = sample(parcels=100, page_size=10, mischief="loop")
    with pytest.raises(RegistryMisbehaved, match="loop"):
        list(parcels(served))


def test_drift_is_kept_and_reported(sample):
    pull = parcels(sample("--drift", parcels=50))
    rows = list(pull)
    assert all(row["_extra"]["planningZone"] == "QH-01" for row in rows)
    assert pull.unknown_fields == {"planningZone": len(rows)}
