"""What pulls of changes miss by their nature, and what finds it all the same (F12 to F14)."""

from collections import Counter

import pytest
import sqlalchemy as sa

from connectors.errors import ContractBroken, RegistryUnavailable
from demo.registry.enterprises import Recipe, invent
from demo.registry.shelf import Shelf
from tests.support.registries import DAY
from warehouse.comparing import Entity, compare
from warehouse.errors import BatchShrank, ListTooShort
from warehouse.loading import Bundle, Warehouse

TABLE, COMPARED = "business__enterprises", "business__enterprises_compared"
REJECTED = "business__enterprises_rejected"
ENTITY = Entity(TABLE, "tax_code", COMPARED, "Asia/Ho_Chi_Minh")


@pytest.fixture
def ask(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)

    def asked(question):
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(question))]

    return asked


@pytest.fixture
def pull(database_url):
    def pulled(served, day=DAY, most_lost=0.5):
        asked = served.registry().enterprises_changed_on(day)
        warehouse, batch = Warehouse(database_url), day.isoformat()
        rows = Bundle(TABLE, asked, batch, most_lost)
        warehouse.land_together(rows, Bundle(REJECTED, asked.dead_letters(), batch))
        return asked

    return pulled


@pytest.fixture
def comparing(database_url):
    def compared(served, batch="2026-01-10", most_lost=0.1):
        keys = served.registry().enterprise_keys()
        return compare(database_url, ENTITY, keys, batch_id=batch, most_lost=most_lost)

    return compared


def states(ask):
    return Counter(ask(f"select tax_code, changed_at from raw.{TABLE}"))


def test_a_change_committed_late_lands_when_its_day_is_asked_for_again(sample, pull, ask):
    served = sample(seed=3, enterprises=400, late=0.1, page_size=50)
    pull(served)
    before = states(ask)
    served.control(commit_late=1)
    pull(served)
    register = invent(Recipe(400, seed=3))
    assert sum(before.values()) < sum(states(ask).values())
    assert sum(states(ask).values()) == sum(bool(c["taxCode"]) for c in register.changes)
    again = states(ask)
    pull(served)
    assert states(ask) == again


def test_what_came_later_than_any_overlap_is_found_by_its_key_and_names_its_day(
    sample, pull, ask, comparing
):
    served = sample(seed=3, enterprises=400, late=0.1, page_size=50)
    pull(served)
    told = comparing(served)
    assert (told.never_landed, told.outdated, told.withdrawn, told.behind) == (0, 0, 0, ())
    served.control(commit_late=1)
    told = comparing(served, "2026-01-11")
    assert told.never_landed > 10
    assert told.outdated > 0
    assert told.behind == (DAY,)
    pull(served)
    told = comparing(served, "2026-01-12")
    assert (told.never_landed, told.outdated, told.behind) == (0, 0, ())


def test_what_vanished_without_a_word_is_noted_and_what_returned_too(sample, pull, ask, comparing):
    served = sample(seed=4, enterprises=500, page_size=100)
    pull(served)
    rows = states(ask)
    assert comparing(served, "1").withdrawn == 0
    served.control(withdraw=0.05)
    told = comparing(served, "2")
    assert 10 < told.withdrawn < 50
    assert (told.returned, told.known - told.withdrawn) == (0, told.listed)
    assert comparing(served, "2").withdrawn == told.withdrawn  # the same comparison, once
    assert comparing(served, "3").withdrawn == 0  # already known
    served.control(withdraw=0)
    assert comparing(served, "4").returned == told.withdrawn
    assert states(ask) == rows  # history stays as it was
    noted = f"select _batch_id, observation, count(*) from raw.{COMPARED} group by 1, 2 order by 1"
    count = told.withdrawn
    assert ask(noted) == [("2", "withdrawn", count), ("4", "returned", count)]


@pytest.mark.parametrize("share", [0.3, 1])
def test_a_list_that_is_cut_off_or_empty_withdraws_nobody(sample, pull, ask, comparing, share):
    served = sample(seed=4, enterprises=300)
    pull(served)
    served.control(withdraw=share)
    with pytest.raises(ListTooShort, match="accept the loss") as caught:
        comparing(served)
    assert not caught.value.retryable
    assert ask(f"select count(*) from raw.{COMPARED}") == [(0,)]
    assert comparing(served, most_lost=1).withdrawn > 80  # a person said so


def test_a_list_that_breaks_off_notes_nothing(sample, pull, database_url, ask):
    served = sample(seed=4, enterprises=300, page_size=50)
    pull(served)

    def broken():
        for number, one in enumerate(served.registry().enterprise_keys()):
            if number == 120:
                raise RegistryUnavailable("broke off")
            yield one

    with pytest.raises(RegistryUnavailable):
        compare(database_url, ENTITY, broken(), batch_id="1", most_lost=1)
    assert ask(f"select count(*) from raw.{COMPARED}") == [(0,)]


def test_an_emptied_day_does_not_replace_a_full_one(sample, pull, ask):
    served = sample(seed=4, enterprises=300)
    pull(served)
    before = states(ask)
    served.control(withdraw=0.9)
    with pytest.raises(BatchShrank, match="accept the loss"):
        pull(served)
    assert states(ask) == before
    pull(served, most_lost=1)
    assert sum(states(ask).values()) < 100


def test_rows_the_registry_has_withdrawn_are_gone_when_their_day_is_asked_again(sample, pull, ask):
    served = sample(seed=4, enterprises=300)
    pull(served)
    served.control(withdraw=0.1)
    pull(served)
    shelf = Shelf(invent(Recipe(300, seed=4)).changes, "taxCode", seed=4)
    shelf.withdraw(0.1)
    assert {code for code, _ in states(ask)} == {c["taxCode"] for c in shelf.changes} - {None}


def test_what_cannot_be_a_row_is_kept_as_sent_with_its_reason(sample, pull, ask, caplog):
    caplog.set_level("DEBUG")
    served = sample(seed=5, enterprises=1200)
    pulled = pull(served)
    planted = invent(Recipe(seed=5))
    kept = ask(f"select reason, item::json ->> 'name' from raw.{REJECTED} order by item_ordinal")
    sent = [c["name"] for c in planted.changes if not c["taxCode"]]
    assert kept == [("tax_code: missing", name) for name in sent]
    assert len(kept) == pulled.rejected_count > 0
    assert not any(name in caplog.text + str(pulled.counts) + repr(pulled) for name in sent)
    pull(served)
    assert ask(f"select count(*) from raw.{REJECTED}") == [(len(kept),)]


@pytest.mark.parametrize("item", [{"taxCode": "0100109106"}, {"changedAt": "x"}, [], None])
def test_a_list_of_keys_is_read_strictly_and_tells_no_value(item):
    from functools import partial

    from connectors.business.contract import ENTERPRISES
    from connectors.key_list import KeyList, KeyShape

    good = {"taxCode": "0100109107", "changedAt": "2026-01-05T00:00:00+07:00"}
    pages = partial(iter, [[good, item]])
    with pytest.raises(ContractBroken, match="item 2") as caught:
        list(KeyList(ENTERPRISES, pages, KeyShape("taxCode", "changedAt")))
    assert "01001091" not in str(caught.value)
