"""No faster than agreed, and no question to a registry that is down."""

import threading

import pytest
import responses

from connectors.errors import RegistryRefused, RegistryResting, RegistryUnavailable
from connectors.http import RegistryHttp
from connectors.manners import Manners
from connectors.pace import Breaker, Pace

BASE = "https://registry.test/api"


class Time:
    """A clock that moves only when somebody waits."""

    def __init__(self):
        self.now, self.slept = 1000.0, []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


class Desk:
    def current(self):
        return "token"

    def forget(self, token):
        pass


def client(time, **manners):
    manners = Manners(first_wait_s=0.001, longest_wait_s=1, **manners)
    return RegistryHttp(BASE, Desk(), manners=manners, sleep=time.sleep, clock=time.clock)


def ask(http):
    return list(http.pages("/v1", {}))


def test_requests_are_spaced_by_the_rate():
    time = Time()
    pace = Pace(4, sleep=time.sleep, clock=time.clock)
    begun = time.now
    for _ in range(9):
        pace.await_turn()
    assert time.now - begun == pytest.approx(2.0)


def test_a_pause_of_ours_earns_no_burst():
    time = Time()
    pace = Pace(10, sleep=time.sleep, clock=time.clock)
    pace.await_turn()
    time.now += 60
    pace.await_turn()
    pace.await_turn()
    assert time.slept == [pytest.approx(0.1)]


def test_without_a_rate_nobody_waits():
    time = Time()
    Pace(None, sleep=time.sleep, clock=time.clock).await_turn()
    assert time.slept == []


def test_threads_take_turns():
    slept, lock = [], threading.Lock()

    def sleep(seconds):
        with lock:
            slept.append(seconds)

    pace = Pace(2, sleep=sleep, clock=lambda: 0.0)
    threads = [threading.Thread(target=pace.await_turn) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == [pytest.approx(0.5 * turn) for turn in range(1, 6)]


@responses.activate
def test_a_client_keeps_the_rate_over_all_its_pages():
    time = Time()
    for number in range(5):
        following = str(number) if number < 4 else None
        responses.get(f"{BASE}/v1", json={"items": [], "next_cursor": following})
    begun = time.now
    ask(client(time, requests_per_s=2))
    assert time.now - begun == pytest.approx(2.0)


@responses.activate
def test_a_registry_that_is_down_is_soon_left_alone_and_tried_once_after_a_rest():
    time = Time()
    down = responses.get(f"{BASE}/v1", status=503)
    http = client(time, attempts=3, failures_before_rest=6, rest_s=100)
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            ask(http)
    assert down.call_count == 6
    for _ in range(50):
        with pytest.raises(RegistryResting) as caught:
            ask(http)
        assert caught.value.retryable
        assert 0 < caught.value.retry_after_s < 100.1
    assert down.call_count == 6
    time.now += 101
    with pytest.raises(RegistryUnavailable):
        ask(http)
    assert down.call_count == 7
    time.now += 101
    responses.replace(responses.GET, f"{BASE}/v1", json={"items": ["a"], "next_cursor": None})
    assert ask(http) == [["a"]] == ask(http)


@responses.activate
def test_a_busy_registry_is_not_a_broken_one():
    time = Time()
    busy = responses.get(f"{BASE}/v1", status=429)
    http = client(time, attempts=3, failures_before_rest=4)
    for _ in range(5):
        with pytest.raises(RegistryUnavailable):
            ask(http)
    assert busy.call_count == 15


@responses.activate
def test_a_refusal_is_an_answer_and_starts_the_count_anew():
    time = Time()
    http = client(time, attempts=2, failures_before_rest=3)
    for _ in range(4):
        responses.get(f"{BASE}/v1", status=500)
        responses.get(f"{BASE}/v1", status=500)
        responses.get(f"{BASE}/v1", status=403)
    for expected in [RegistryUnavailable, RegistryRefused] * 4:
        with pytest.raises(expected) as caught:
            ask(http)
        assert not isinstance(caught.value, RegistryResting)


def test_only_one_of_many_tries_after_the_rest():
    time = Time()
    breaker = Breaker(1, 10, clock=time.clock)
    breaker.failed()
    time.now += 11
    breaker.admit("there")
    for _ in range(3):
        with pytest.raises(RegistryResting):
            breaker.admit("there")
    breaker.succeeded()
    breaker.admit("there")
