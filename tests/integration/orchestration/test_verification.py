"""Claims of parcels and officials verified by real runs: once each, again when they change."""

import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import dagster as dg
import pytest
import sqlalchemy as sa

from connectors.civil_servants.registry import SOURCES as OFFICIALS
from connectors.http import RegistryHttp
from connectors.land.registry import SOURCES as PARCELS
from orchestration.settings import settings
from tests.support.registries import samples
from warehouse.evidence import answer_kept
from warehouse.loading import Warehouse

DAY = "2026-01-05"
ROWS = dg.AssetKey(["raw", "population__verifications"])
NAMES = dg.AssetKey(["raw", "population__name_frequencies"])
SECRET = "of a test and nobody else, 32 ch."
OP = "raw__population__verifications"
# Not in the middle of a digest, which can hold any digits.
NUMBER = re.compile(rb"(?<![0-9a-f])000[0-9]{9}(?![0-9a-f])")
DUE = "select count(*) from raw.population__verifications"


@pytest.fixture(scope="module")
def registry():
    with samples() as start:
        yield start(seed=12, enterprises=1, parcels=400, officials=150, busy=0.1, token_uses=20)


@pytest.fixture(scope="module")
def run(registry, home, instance):
    """Materialise assets with the sample's address and a key, as a run would have them."""
    from orchestration.access import RegistryAccess
    from orchestration.defs.population.assets import name_frequencies, verifications
    from orchestration.person_keys import PersonKeys
    from orchestration.pulls import days_of
    from orchestration.resources import Database

    account = {
        "token_url": registry.token_url,
        "app_name": "kho",
        "partner_code": "H26",
        "partner_code_customer": "H26",
        "ca_bundle": "",
        "plain_http": False,
        "requests_per_s": 1000,
        "access_key": "sample",
        "secret_key": "sample-secret",
    }

    def made(asset, *, partition=None, secret=SECRET, key_id="1", **config):
        names = ("land", "civil_servants", "population")
        access = {
            f"{name}_registry": RegistryAccess(
                title=name, setting=name, url=registry.base_url, **account
            )
            for name in names
        }
        ops = {OP: {"config": config}} if config else {}
        return dg.materialize(
            [asset],
            instance=instance,
            partition_key=partition,
            resources=access
            | {"database": Database(), "person_keys": PersonKeys(secret=secret, key_id=key_id)},
            run_config={"ops": ops},
            raise_on_error=False,
        )

    for source in (*PARCELS, *OFFICIALS):
        assert made(days_of(source), partition=DAY).success
    return SimpleNamespace(
        verify=lambda **how: made(verifications, **how), names=lambda: made(name_frequencies)
    )


@pytest.fixture(scope="module")
def ask(module_database_url):
    engine = sa.create_engine(module_database_url, poolclass=sa.NullPool)

    def asked(question):
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(question))]

    return asked


@pytest.fixture(scope="module")
def first(run):
    result = run.verify()
    assert result.success
    return said(result)


def said(result, key=ROWS):
    [event] = [e for e in result.get_asset_materialization_events() if e.asset_key == key]
    return {name: value.value for name, value in event.materialization.metadata.items()}


def why(result):
    [event] = [event for event in result.all_events if event.is_step_failure]
    return event.event_specific_data.user_failure_data.description


def test_most_claims_are_verified_and_the_others_are_what_was_planted(first, ask):
    counted = dict(ask("select result, count(*) from raw.population__verifications group by 1"))
    asked = sum(counted.values())
    assert asked == first["asked"] == first["claims"] > 380
    share = {result: count / asked for result, count in counted.items()}
    assert share["matched"] > 0.65
    assert 0.05 < share["differs"] < 0.2
    assert 0.05 < share["not_found"] < 0.2
    assert counted["ambiguous"] >= 1
    [(successors,)] = ask(f"{DUE} where has_successor")
    assert successors > 3
    assert ask(f"{DUE} where result = 'matched' and person_token is null") == [(0,)]


def test_no_number_and_no_name_lands_or_is_kept(first, ask):
    [(everything,)] = ask("select string_agg(v::text, ' ') from raw.population__verifications v")
    assert not NUMBER.search(everything.encode())
    assert "THỬ" not in everything
    kept = ask(
        "select kept_sha256 from ledger.exchanges where entity = 'population__verifications'"
        " and kept_sha256 is not null"
    )
    answers = [answer_kept(settings().evidence, digest) for (digest,) in kept]
    assert any(b"(withheld)" in answer for answer in answers)
    for answer in answers:
        assert not NUMBER.search(answer)
        assert "THỬ" not in answer.decode()
    [(answered, questions)] = ask(
        "select count(distinct e.request_id), count(distinct v.request_id)"
        " from ledger.exchanges e join raw.population__verifications v using (request_id)"
        " where e.purpose <> '' and e.legal_basis like '%278/2025%'"
    )
    assert answered == questions > 4


def test_what_did_not_change_is_not_asked_again(first, run):
    again = said(run.verify())
    assert again["asked"] == 0
    assert again["claims"] == first["claims"]


def test_a_changed_claim_is_asked_again_and_so_is_an_old_one(
    first, run, ask, module_database_url, monkeypatch
):
    [(key, number, name, changed_at)] = ask(
        "select parcel_id, holder_person_id, holder_name, p.changed_at from raw.land__parcels p"
        " join raw.population__verifications v on parcel_id = entity_key and result = 'matched'"
        " where length(holder_person_id) = 12 order by parcel_id, p.changed_at desc limit 1"
    )
    state = {"parcel_id": key, "holder_person_id": number, "holder_name": name}
    later = changed_at + timedelta(days=30)
    warehouse = Warehouse(module_database_url)
    warehouse.land("land__parcels", [state | {"area_m2": 1, "changed_at": later}], batch_id="new")
    assert said(run.verify())["asked"] == 0  # the parcel changed, the claim did not
    renamed = state | {"holder_name": "KHÔNG THỬ AI", "changed_at": later}
    warehouse.land("land__parcels", [renamed], batch_id="new")
    changed = said(run.verify())
    assert changed["asked"] == changed["differs"] == 1
    earlier = state | {"holder_name": "KHÔNG THỬ AI", "changed_at": later - timedelta(days=1)}
    warehouse.land("land__parcels", [earlier], batch_id="new")
    assert said(run.verify())["asked"] == 1  # what was asked about is not there any more
    monkeypatch.setenv("KHO_VERIFICATION_DAYS", "1")
    settings.cache_clear()
    old = datetime.now(UTC) - timedelta(days=2)
    engine = sa.create_engine(module_database_url)
    with engine.begin() as connection:
        connection.execute(
            sa.text("update raw.population__verifications set verified_at = :old"), {"old": old}
        )
    engine.dispose()
    assert said(run.verify())["asked"] == first["claims"]
    settings.cache_clear()


def test_a_service_that_suddenly_knows_nobody_is_doubted_until_a_person_says_so(
    first, run, registry, ask
):
    registry.control(forget=1)
    before = ask(DUE)
    result = run.verify(key_id="2", secret=SECRET + " new")
    assert not result.success
    assert "accept the loss" in why(result)
    assert ask(DUE) == before
    accepted = run.verify(key_id="2", secret=SECRET + " new", accept_loss=True)
    assert said(accepted)["not_found"] == first["claims"]
    registry.control(forget=0)


def test_a_new_key_asks_about_every_claim_again_and_says_which_key_it_was(first, run, ask):
    assert said(run.verify(key_id="3", secret=SECRET + " third"))["asked"] == first["claims"]
    assert ask(f"{DUE} where key_id = '3'") == [(first["claims"],)]


def test_without_a_key_nothing_is_asked_and_the_setting_is_named(run, registry):
    before = registry.health()["claims"]
    result = run.verify(secret="")
    assert not result.success
    assert "KHO_PERSON_KEY" in why(result)
    assert registry.health()["claims"] == before


KILLED = """
import sys
from datetime import timedelta
from connectors.population.person_key import PersonKey
from connectors.population.registry import PopulationRegistry
from orchestration.verifying import CLAIMANTS, Verification
from tests.support.registries import Sample
served = Sample(None, sys.argv[2], sys.argv[3])
key = PersonKey("of another test, 32 characters long", "4")
run = Verification(sys.argv[1], PopulationRegistry(served.http()), key, timedelta(days=180), 0.8)
for claimants in CLAIMANTS:
    run.run(claimants)
print(run.counts["asked"])
"""


def test_a_run_that_is_killed_goes_on_where_it_stopped(first, ask, registry, module_database_url):
    with samples() as start:
        slow = start(seed=12, parcels=1, officials=1, enterprises=1, slow=0.4)
        command = [sys.executable, "-c", KILLED, module_database_url]
        dying = subprocess.Popen([*command, slow.base_url, slow.token_url])
        landed = f"{DUE} where key_id = '4'"
        deadline = time.monotonic() + 60
        while ask(landed) == [(0,)] and time.monotonic() < deadline:
            time.sleep(0.05)
        dying.send_signal(signal.SIGKILL)
        dying.wait()
    [(before,)] = ask(landed)
    assert 0 < before < first["claims"]
    command += [registry.base_url, registry.token_url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout) == first["claims"] - before
    assert ask(landed) == [(first["claims"],)]
    twice = "select count(*) from raw.population__verifications where key_id = '4'"
    assert ask(f"{twice} group by entity, entity_key having count(*) > 1") == []


def test_names_land_with_how_many_people_bear_them(run, ask):
    assert run.names().success
    assert run.names().success
    [(names, least)] = ask(
        "select count(*), min(people_count) from raw.population__name_frequencies"
    )
    assert names > 25
    assert least >= 50


def test_names_that_cannot_be_counted_are_told_by_reason_and_not_kept(run, ask, monkeypatch):
    whole = RegistryHttp.pages

    def pages(self, *asked):
        yield from whole(self, *asked)
        yield [{"part": "family", "name": "TEST PERSON", "peopleCount": "many"}, "TEST PERSON", {}]

    monkeypatch.setattr(RegistryHttp, "pages", pages)
    result = run.names()
    assert result.success
    known = said(result, NAMES)
    told = {name: count for name, count in known.items() if name.startswith("rejected")}
    assert told == {
        "rejected": 3,
        "rejected: people_count: not a count": 1,
        "rejected: not an object": 1,
        "rejected: part: missing": 1,
    }
    assert "TEST PERSON" not in str(known)
    assert ask("select 1 from raw.population__name_frequencies where name = 'TEST PERSON'") == []
