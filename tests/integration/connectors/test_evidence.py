"""Every answer of a registry leaves evidence, also where the pull fails; it is kept a while."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from connectors.errors import RegistryMisbehaved, RegistryRefused
from connectors.land.contract import PARCELS
from connectors.land.registry import LandRegistry
from tests.support.registries import DAY
from warehouse.errors import NotStored
from warehouse.evidence import EvidenceBook, answer_kept, remove_expired
from warehouse.loading import Warehouse


@pytest.fixture
def book(database_url, tmp_path):
    book = EvidenceBook(database_url, tmp_path / "evidence", "test run", timedelta(days=30))
    yield book
    book.close()


@pytest.fixture
def entries(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)

    def read():
        with engine.connect() as connection:
            rows = connection.execute(sa.text("select * from ledger.exchanges order by entry_id"))
            return [dict(row) for row in rows.mappings()]

    return read


@pytest.fixture
def pulling(book):
    def pull(served, **how):
        registry = LandRegistry(served.http(witness=book, **how))
        asked = registry.parcels_changed_on(DAY)
        grounds = {"purpose": PARCELS.purpose, "legal_basis": PARCELS.legal_basis}
        with book.about(PARCELS.entity, DAY.isoformat(), **grounds):
            return list(asked)

    return pull


def test_an_entry_says_what_why_who_and_when_and_leads_to_the_answer(
    sample, pulling, entries, tmp_path
):
    begun = datetime.now(UTC)
    rows = pulling(sample(seed=2, parcels=100, page_size=40, busy=0.3))
    found = entries()
    assert len(found) == 3  # "come back later" is no answer
    assert len({one["request_id"] for one in found}) == 3
    for one in found:
        assert (one["entity"], one["subject"]) == ("land__parcels", "2026-01-05")
        assert (one["purpose"], one["legal_basis"]) == (PARCELS.purpose, PARCELS.legal_basis)
        assert (one["asked_by"], one["status"]) == ("test run", 200)
        assert one["place"] == "127.0.0.1/land/v1/parcels/changes"
        assert begun <= one["asked_at"] <= datetime.now(UTC)
    answers = [answer_kept(tmp_path / "evidence", one["kept_sha256"]) for one in found]
    digests = [hashlib.sha256(answer).hexdigest() for answer in answers]
    assert digests == [one["answer_sha256"] for one in found]
    items = [item for answer in answers for item in json.loads(answer)["items"]]
    assert [item["parcelId"] for item in items] == [row.key for row in rows]


def test_a_pull_that_fails_has_asked_all_the_same(sample, pulling, entries):
    with pytest.raises(RegistryMisbehaved):
        pulling(sample(parcels=100, page_size=10, mischief="broken_json"))
    [one] = entries()
    assert (one["status"], one["answer_sha256"] is None) == (200, False)


def test_a_refusal_is_an_answer_without_content_and_the_token_service_is_never_kept(
    sample, pulling, entries
):
    served = sample(parcels=5)
    with pytest.raises(RegistryRefused):
        pulling(served, tokens=served.tokens(app="other"))
    [one] = entries()
    assert (one["status"], one["answer_sha256"], one["kept_sha256"]) == (403, None, None)


def test_what_was_asked_does_not_depend_on_what_landed(sample, book, database_url, entries):
    asked = LandRegistry(sample(parcels=60, page_size=20).http(witness=book)).parcels_changed_on(
        DAY
    )

    def broken():
        for number, row in enumerate(asked):
            if number == 30:
                raise RegistryMisbehaved("as it happens")
            yield row

    with pytest.raises(RegistryMisbehaved), book.about("e", "s", purpose="p", legal_basis="l"):
        Warehouse(database_url).land("land__parcels", broken(), batch_id="1")
    assert len(entries()) == 2


def test_answers_go_when_their_time_is_over_and_entries_stay(
    sample, pulling, entries, database_url, tmp_path
):
    served = sample(seed=2, parcels=50, page_size=100)
    pulling(served)
    pulling(served)  # the same answer, wanted for as long as the later asks
    first, second = entries()
    assert first["kept_sha256"] == second["kept_sha256"]
    folder = tmp_path / "evidence"
    assert remove_expired(database_url, folder, first["keep_until"]) == 0
    later = second["keep_until"] + timedelta(seconds=1)
    assert remove_expired(database_url, folder, later) == 1
    assert remove_expired(database_url, folder, later) == 0
    with pytest.raises(NotStored):
        answer_kept(folder, first["kept_sha256"])
    assert len(entries()) == 2


def test_nothing_of_an_answer_is_in_the_ledger(sample, pulling, entries):
    rows = pulling(sample(seed=3, parcels=40))
    told = str(entries())
    assert not any(row["holder_name"] and row["holder_name"] in told for row in rows)
    assert not any(row["holder_person_id"] and row["holder_person_id"] in told for row in rows)
