"""A pull against the real sample registry: what it loses, doubles and tells in bad weather."""

import logging
import threading
import time
import traceback
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from connectors.errors import RegistryMisbehaved, RegistryRefused, RegistryUnavailable
from connectors.lgsp import LgspTokens
from demo.registry.enterprises import Recipe, invent
from tests.support.registries import DAY, HASTE


def expected(**recipe):
    """What a faultless pull lands: the changes that have a code, as key and time, with doubles."""
    register = invent(Recipe(**recipe))
    return Counter((c["taxCode"], c["changedAt"]) for c in register.changes if c["taxCode"])


def landed(rows):
    return Counter((row.key, row["changed_at"].isoformat()) for row in rows)


def take(registry, rows, at_first):
    """Take rows as they come; the first one sets something off."""
    for row in registry.enterprises_changed_on(DAY):
        if not rows:
            at_first()
        rows.append(row)


def test_a_pull_brings_every_change_and_counts_the_planted_errors(sample):
    served = sample(seed=5, enterprises=1200, page_size=97)
    pull = served.registry().enterprises_changed_on(DAY)
    rows = list(pull)
    planted = invent(Recipe(seed=5)).planted
    assert landed(rows) == expected(seed=5)
    assert pull.received == served.health()["changes"]["/business/v1/enterprises"]
    assert pull.rejected_count == planted["without_code"] > 0
    assert {rejected.reason for rejected in pull.rejected} == {"tax_code: missing"}
    assert pull.oddities["tax_code: check digit differs"] >= planted["wrong_check_digit"] > 0
    assert pull.oddities["founded_date: not an ISO date"] >= planted["date_not_iso"] > 0
    assert all(row["commune_code"].startswith("000") for row in rows)


def test_days_pulled_one_by_one_are_the_span_pulled_at_once(sample):
    served = sample(seed=2, enterprises=300, days=3)
    registry = served.registry()
    days = [DAY + timedelta(days=number) for number in range(3)]
    single = [row for day in days for row in registry.enterprises_changed_on(day)]
    assert landed(single) == landed(registry.enterprises_changed_between(days[0], days[-1]))
    assert landed(single) == expected(seed=2, enterprises=300, days=3)
    assert list(registry.enterprises_changed_on(date(2020, 1, 1))) == []


def test_a_third_of_the_answers_failing_loses_and_doubles_nothing(sample):
    served = sample(seed=4, enterprises=2000, page_size=5, busy=0.2, down=0.1)
    rows = list(served.registry().enterprises_changed_on(DAY))
    health = served.health()
    assert landed(rows) == expected(seed=4, enterprises=2000)
    assert health["busy"] > 60
    assert health["down"] > 30


def test_a_thousand_busy_answers_lose_and_double_nothing(sample):
    served = sample(seed=8, enterprises=1700, page_size=2, busy=0.52)
    patient = replace(HASTE, attempts=60, longest_wait_s=0.002)
    rows = list(served.registry(manners=patient).enterprises_changed_on(DAY))
    assert served.health()["busy"] > 1000
    assert landed(rows) == expected(seed=8, enterprises=1700)


def test_a_server_killed_mid_page_and_started_again_loses_and_doubles_nothing(sample):
    first = sample(seed=4, enterprises=1000, page_size=200, drip=0.02)
    port = int(first.base_url.rpartition(":")[2])

    def restart():
        first.process.kill()
        first.process.wait()
        sample(seed=4, enterprises=1000, page_size=200, port=port)

    rows, killing = [], threading.Timer(0.3, restart)
    patient = replace(HASTE, attempts=200, first_wait_s=0.02, longest_wait_s=0.1)
    # The new process knows none of the old tokens either.
    registry = first.registry(
        manners=replace(patient, failures_before_rest=500),
        tokens=first.tokens(manners=replace(patient, failures_before_rest=500)),
    )
    take(registry, rows, killing.start)
    killing.join()
    assert first.process.poll() is not None
    assert landed(rows) == expected(seed=4, enterprises=1000)


def test_a_token_expiring_mid_pull_loses_and_doubles_nothing(sample):
    served = sample(seed=6, enterprises=300, page_size=20, token_uses=4, busy=0.1)
    rows = list(served.registry().enterprises_changed_on(DAY))
    assert landed(rows) == expected(seed=6, enterprises=300)
    assert served.health()["tokens_issued"] > 3


def test_a_token_is_fetched_anew_before_it_expires_by_time(sample):
    served = sample(enterprises=60, page_size=10, token_seconds=1, slow=0.25)
    rows = list(served.registry().enterprises_changed_on(DAY))
    assert landed(rows) == expected(enterprises=60)
    assert served.health()["tokens_issued"] > 1


def test_a_wrong_secret_is_sent_once(sample):
    served = sample(enterprises=5)
    registry = served.registry(tokens=served.tokens(secret="another"))
    with pytest.raises(RegistryRefused):
        list(registry.enterprises_changed_on(DAY))
    health = served.health()
    assert (health["tokens_refused"], health["asked"]) == (1, 0)


def test_no_right_to_the_service_is_heard_once(sample):
    served = sample(enterprises=5)
    with pytest.raises(RegistryRefused) as caught:
        list(served.registry(tokens=served.tokens(app="other")).enterprises_changed_on(DAY))
    assert caught.value.status == 403
    assert served.health()["asked"] == 1


def test_a_server_killed_mid_page_is_unavailable_and_yields_no_half_page(sample):
    served = sample(enterprises=400, page_size=200, drip=0.03)
    rows, killing = [], threading.Timer(0.4, served.process.kill)
    with pytest.raises(RegistryUnavailable) as caught:
        take(served.registry(manners=replace(HASTE, attempts=2)), rows, killing.start)
    killing.join()
    assert caught.value.retryable
    assert len(rows) == sum(bool(c["taxCode"]) for c in invent(Recipe(400)).changes[:200])


def test_a_server_that_is_not_there_is_unavailable(sample):
    served = sample(enterprises=5)
    served.process.kill()
    served.process.wait()
    registry = served.registry(manners=replace(HASTE, attempts=3))
    with pytest.raises(RegistryUnavailable):
        list(registry.enterprises_changed_on(DAY))


def test_an_answer_that_only_drips_is_given_up_in_time(sample):
    served = sample(enterprises=400, page_size=400, drip=0.1)
    registry = served.registry(manners=replace(HASTE, answer_s=0.5, attempts=1))
    begun = time.monotonic()
    with pytest.raises(RegistryUnavailable, match=r"did not finish within 0\.5 s"):
        list(registry.enterprises_changed_on(DAY))
    assert time.monotonic() - begun < 5


def test_a_silent_server_is_given_up_in_time(sample):
    served = sample(enterprises=5, slow=30)
    registry = served.registry(manners=replace(HASTE, read_s=0.5, attempts=1))
    begun = time.monotonic()
    with pytest.raises(RegistryUnavailable):
        list(registry.enterprises_changed_on(DAY))
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "mischief", ["loop", "html", "broken_json", "redirect", "no_cursor", "huge"]
)
def test_misbehaviour_is_found_and_not_retried(sample, mischief):
    served = sample(enterprises=30, page_size=10, mischief=mischief)
    with pytest.raises(RegistryMisbehaved) as caught:
        list(served.registry().enterprises_changed_on(DAY))
    assert not caught.value.retryable
    assert served.health()["asked"] <= 2


def test_a_field_nobody_agreed_on_is_kept_and_reported(sample):
    pull = sample("--drift", enterprises=20).registry().enterprises_changed_on(DAY)
    rows = list(pull)
    assert all(row["_extra"]["electronicAddress"].endswith("@example.vn") for row in rows)
    assert pull.unknown_fields == {"electronicAddress": len(rows)}


def test_no_value_of_an_answer_is_in_any_error_or_log(sample, caplog):
    caplog.set_level(logging.DEBUG)
    served = sample(seed=9, enterprises=60, page_size=5, busy=0.3, down=0.3)
    registry = served.registry(manners=replace(HASTE, attempts=2))
    told = ""
    for _ in range(10):
        pull = registry.enterprises_changed_on(DAY)
        try:
            list(pull)
        except RegistryUnavailable as error:
            told += "".join(traceback.format_exception(error))
        told += str(pull.counts) + repr(pull.rejected) + repr(pull) + repr(registry)
    told += caplog.text
    assert "attempt 1" in told
    assert "RegistryUnavailable" in told
    for change in invent(Recipe(seed=9, enterprises=60)).changes:
        for column in ("taxCode", "name", "representativeName", "address"):
            assert not change[column] or change[column] not in told
    assert "cursor" not in told.replace("next_cursor", "")
    assert "sample-secret" not in told


def test_threads_sharing_tokens_each_finish(sample):
    served = sample(seed=3, enterprises=200, page_size=10, token_uses=40)
    tokens: LgspTokens = served.tokens()
    results = []

    def pull():
        results.append(landed(served.registry(tokens=tokens).enterprises_changed_on(DAY)))

    threads = [threading.Thread(target=pull) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected(seed=3, enterprises=200)] * 3


def test_the_sample_registry_stops_when_told(sample):
    served = sample(enterprises=5)
    assert served.health()["status"] == "ok"
    served.process.terminate()
    assert served.process.wait(timeout=10) == 0
