"""A model asked for fields, through a whole run: what it costs when it helps, lies or is gone."""

import hashlib

import pytest

from tests.integration.orchestration.test_reuse import FILES, City
from tests.support.chat import chatting
from warehouse.loading import Warehouse

CANARY = "TESTPERSON"
ASKED = {b"a good scan", b"half read"}


@pytest.fixture
def city(tmp_path, database_url):
    return City(tmp_path, database_url)


@pytest.fixture
def chat():
    with chatting() as server:
        yield server


def counts(done):
    [event] = [
        one
        for one in done.get_asset_materialization_events()
        if one.asset_key.path[-1] == "digitization__documents"
    ]
    told = event.materialization.metadata
    return {name: one.value for name, one in told.items() if name.startswith("field reader")}


def test_without_a_setting_nobody_is_asked(city, chat):
    _, done = city.digitize(city.deliver("box-1"))
    assert done.success
    assert counts(done) == {}
    assert chat.asked == []


def test_an_answer_lands_beside_what_was_read_for_each_file_and_is_not_accepted(city, chat):
    chat.know(signer=CANARY, issuer="BỘ KHÔNG CÓ")
    engines = {"word": CANARY, "field_endpoint": chat.url, "field_model": "m1"}
    _, done = city.digitize(city.deliver("box-1"), **engines)
    assert done.success
    signers = city.ask(
        "select file_ordinal, value, method, is_accepted, page_number, box_left from"
        " raw.digitization__fields where field_name = 'signer' order by 1"
    )
    assert [row["file_ordinal"] for row in signers] == [1, 4, 5]  # 1 and 5 are the same bytes
    assert {(row["value"], row["method"], row["is_accepted"]) for row in signers} == {
        (CANARY, "model:m1", False)
    }
    assert all(row["page_number"] == 1 and row["box_left"] is not None for row in signers)
    assert counts(done) == {
        "field reader: answers taken for review": 2,
        "field reader: answers not in the text": 2,
    }
    assert len(chat.asked) == len(ASKED)  # no secret, no torn scan, nothing twice
    told = "\n".join(map(str, done.all_events))
    assert CANARY not in told
    again, done = city.digitize(city.deliver("box-2", {"1.pdf": b"a good scan"}), **engines)
    assert (again, counts(done)) == ([], {})
    assert len(chat.asked) == len(ASKED)  # the same bytes bring the same answer


def test_what_another_delivery_holds_for_a_secret_is_not_asked_about(city, chat):
    chat.know(signer="chào")
    secret = hashlib.sha256(FILES["1.pdf"]).hexdigest()
    row = {"file_ordinal": 1, "file_sha256": secret, "secrecy": "mat"}
    Warehouse(city.url).land("digitization__files", [row], batch_id="theirs")
    engines = {"field_endpoint": chat.url, "field_model": "m1"}
    _, done = city.digitize(city.deliver("box-1"), **engines)
    assert done.success
    assert len(chat.asked) == 1


def test_an_endpoint_that_is_gone_costs_its_answers_and_is_counted(city, chat):
    city.digitize(city.deliver("box-1"))
    key = "select distinct _batch_id from raw.digitization__fields"
    [first] = city.ask(key)
    engines = {"field_endpoint": "http://127.0.0.1:9/v1", "field_model": "m1"}
    _, done = city.digitize(city.deliver("box-2"), reread=True, **engines)
    assert done.success
    assert counts(done) == {"field reader: documents it was silent about": 2}
    [second] = [row for row in city.ask(key) if row != first]
    assert city.rows(second["_batch_id"])["fields"] == city.rows(first["_batch_id"])["fields"]


def test_an_endpoint_elsewhere_stops_the_run_by_name(city):
    engines = {"field_endpoint": "https://model.example.org/v1", "field_model": "m1"}
    _, done = city.digitize(city.deliver("box-1"), **engines)
    assert not done.success
    assert not city.trace.exists()  # before anything is read
    [failed] = [event for event in done.all_events if event.is_step_failure]
    assert "KHO_FIELD_ALLOWED_HOST" in str(failed.event_specific_data.error)
