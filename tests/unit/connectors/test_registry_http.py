"""Which failures are worth asking again, which pages are pages, and what a message may say."""

import logging
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
import responses

from connectors.errors import (
    AddressUnsafe,
    RegistryMisbehaved,
    RegistryRefused,
    RegistryUnavailable,
)
from connectors.http import RegistryHttp
from connectors.manners import Manners

BASE = "https://registry.test/api"
PATH = "/v1/things"
CANARY = "001099000001"


class Desk:
    """Tokens one after the other; remembers what was forgotten."""

    def __init__(self):
        self.number, self.forgotten = 1, []

    def current(self):
        return f"token-{self.number}"

    def forget(self, token):
        self.forgotten.append(token)
        self.number += 1


@pytest.fixture
def waited():
    return []


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def http(desk, waited):
    return RegistryHttp(BASE, desk, manners=Manners(attempts=4), sleep=waited.append)


def pages(http):
    return list(http.pages(PATH, {"day": "2026-01-05"}))


def page(*items, following=None):
    return {"items": list(items), "next_cursor": following}


@responses.activate
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_registry_is_asked_again_with_growing_patience_then_reported(http, waited, status):
    responses.get(BASE + PATH, status=status)
    with pytest.raises(RegistryUnavailable) as caught:
        pages(http)
    assert caught.value.retryable
    assert len(responses.calls) == 4
    assert len(waited) == 3


@responses.activate
@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 418, 422, 451])
def test_a_refusal_is_heard_once(http, waited, status):
    responses.get(BASE + PATH, status=status)
    with pytest.raises(RegistryRefused) as caught:
        pages(http)
    assert not caught.value.retryable
    assert (caught.value.status, len(responses.calls), waited) == (status, 1, [])


@responses.activate
@pytest.mark.parametrize("status", [201, 204, 206, 301, 302, 303, 307, 308])
def test_neither_a_redirect_nor_half_an_answer_is_an_answer(http, status):
    elsewhere = responses.get("https://elsewhere.test/", json=page(1))
    responses.get(
        BASE + PATH, status=status, headers={"Location": "https://elsewhere.test/"}, json=page(1)
    )
    with pytest.raises(RegistryMisbehaved):
        pages(http)
    assert elsewhere.call_count == 0


@responses.activate
@pytest.mark.parametrize(
    "error", [requests.ConnectionError(CANARY), requests.ConnectTimeout(CANARY), requests.Timeout()]
)
def test_silence_is_worth_asking_again(http, error):
    responses.get(BASE + PATH, body=error)
    responses.get(BASE + PATH, json=page("a"))
    assert pages(http) == [["a"]]


@responses.activate
def test_retry_after_is_honoured_in_seconds_and_as_a_date(http, waited):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    responses.get(BASE + PATH, status=429, headers={"Retry-After": "7"})
    responses.get(BASE + PATH, status=503, headers={"Retry-After": later})
    responses.get(BASE + PATH, json=page("a"))
    assert pages(http) == [["a"]]
    assert waited[0] == 7
    assert 20 < waited[1] <= 30


@responses.activate
@pytest.mark.parametrize("nonsense", ["soon", "-5", "²", "", "99-99-9999"])
def test_a_retry_after_that_means_nothing_is_taken_as_not_said(http, waited, nonsense):
    responses.get(BASE + PATH, status=429, headers={"Retry-After": nonsense})
    responses.get(BASE + PATH, json=page("a"))
    assert pages(http) == [["a"]]
    assert 0 <= waited[0] <= 1


@responses.activate
def test_a_longer_wait_than_ours_is_left_to_the_run(http, waited):
    responses.get(BASE + PATH, status=429, headers={"Retry-After": "3600"})
    with pytest.raises(RegistryUnavailable) as caught:
        pages(http)
    assert caught.value.retry_after_s == 3600
    assert (len(responses.calls), waited) == (1, [])


@responses.activate
def test_pages_are_followed_to_the_last_and_keep_their_order(http):
    responses.get(BASE + PATH, json=page(1, 2, following="b"))
    responses.get(BASE + PATH, json=page(following="c"))
    responses.get(BASE + PATH, json=page(3))
    assert pages(http) == [[1, 2], [], [3]]
    asked = [call.request.params for call in responses.calls]
    assert [params.get("cursor") for params in asked] == [None, "b", "c"]
    assert all(params["day"] == "2026-01-05" for params in asked)


@responses.activate
def test_a_cursor_that_comes_twice_is_a_loop(http):
    responses.get(BASE + PATH, json=page(1, following="b"))
    responses.get(BASE + PATH, json=page(2, following="c"))
    responses.get(BASE + PATH, json=page(3, following="b"))
    with pytest.raises(RegistryMisbehaved, match="loop"):
        pages(http)
    assert len(responses.calls) == 3


def test_pages_that_never_end_are_given_up(desk):
    http = RegistryHttp(BASE, desk, manners=Manners(max_pages=5))
    with responses.RequestsMock() as registry:
        for number in range(5):
            registry.get(BASE + PATH, json=page(1, following=str(number)))
        with pytest.raises(RegistryMisbehaved, match="no last page within 5"):
            pages(http)


@responses.activate
@pytest.mark.parametrize(
    "answer",
    [[], "x", None, {}, {"items": {}}, {"items": []}, page(1, following=7), page(1, following="")],
)
def test_an_answer_that_does_not_say_what_follows_is_not_taken_for_the_last_page(http, answer):
    responses.get(BASE + PATH, json=answer)
    with pytest.raises(RegistryMisbehaved):
        pages(http)


@responses.activate
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f'{{"items": ["{CANARY}"', "application/json"),
        (f'{{"items": [NaN, "{CANARY}"], "next_cursor": null}}', "application/json"),
        ("[" * 200_000, "application/json"),
        ('{"items": ["\xff"], "next_cursor": null}'.encode("latin-1"), "application/json"),
        ('{"items": [], "next_cursor": null}', "text/html"),
        ("", "application/json"),
    ],
)
def test_what_is_not_json_is_named_without_being_quoted(http, body, kind):
    responses.get(BASE + PATH, body=body, content_type=kind)
    with pytest.raises(RegistryMisbehaved) as caught:
        pages(http)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


@responses.activate
def test_an_answer_beyond_the_size_bound_is_not_read_to_its_end(desk):
    http = RegistryHttp(BASE, desk, manners=Manners(max_bytes=1000))
    responses.get(BASE + PATH, json=page("x" * 2000))
    with pytest.raises(RegistryMisbehaved, match="more than 1000 bytes"):
        pages(http)


@responses.activate
def test_a_stale_token_is_renewed_once_for_a_page(http, desk):
    responses.get(BASE + PATH, status=401)
    responses.get(BASE + PATH, json=page("a"))
    assert pages(http) == [["a"]]
    sent = [call.request.headers["Authorization"] for call in responses.calls]
    assert sent == ["Bearer token-1", "Bearer token-2"]
    assert desk.forgotten == ["token-1"]


@responses.activate
def test_a_second_401_is_a_refusal(http, desk):
    responses.get(BASE + PATH, status=401)
    with pytest.raises(RegistryRefused):
        pages(http)
    assert len(responses.calls) == 2
    assert desk.forgotten == ["token-1"]


@responses.activate
@pytest.mark.parametrize("status", [400, 401, 403, 429, 503, 302])
def test_neither_cursor_nor_body_nor_token_appears_in_errors_or_logs(http, desk, caplog, status):
    caplog.set_level(logging.DEBUG)
    responses.get(BASE + PATH, json=page(CANARY, following=CANARY))
    responses.get(BASE + PATH, status=status, json={"error": CANARY}, headers={"X": CANARY})
    with pytest.raises((RegistryRefused, RegistryUnavailable, RegistryMisbehaved)) as caught:
        pages(http)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(http)
    assert CANARY not in told
    assert "token-" not in told
    assert "registry.test/api/v1/things" in str(caught.value)


@responses.activate
def test_the_libraries_own_words_do_not_reach_a_traceback(http, caplog):
    caplog.set_level(logging.DEBUG)
    responses.get(BASE + PATH, body=requests.ConnectionError(f"url: /x?cursor={CANARY}"))
    with pytest.raises(RegistryUnavailable) as caught:
        pages(http)
    assert CANARY not in "".join(traceback.format_exception(caught.value)) + caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "ftp://registry.test",
        "file:///etc/passwd",
        "registry.test",
        "https://",
        "https://user:hidden@registry.test",
        "https://registry.test?key=hidden",
        "http://registry.test",
        "https://registry.test:port",
        "https://[registry",
    ],
)
def test_an_unsafe_address_is_refused_before_any_call(desk, address):
    with pytest.raises(AddressUnsafe) as caught:
        RegistryHttp(address, desk)
    assert "hidden" not in str(caught.value)
    assert not caught.value.retryable


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://localhost", "http://[::1]:9"])
def test_plain_http_is_for_this_machine_unless_a_closed_network_is_declared(desk, address):
    RegistryHttp(address, desk)
    RegistryHttp("http://lgsp.test", desk, manners=Manners(is_plain_http_allowed=True))


@responses.activate
def test_neither_netrc_nor_proxy_variables_change_a_call(http, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine registry.test login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTPS_PROXY", "http://elsewhere.test:1")
    responses.get(BASE + PATH, json=page("a"))
    pages(http)
    call = responses.calls[0].request
    assert call.headers["Authorization"] == "Bearer token-1"
    assert not call.req_kwargs["proxies"]
    assert call.req_kwargs["verify"] is True
