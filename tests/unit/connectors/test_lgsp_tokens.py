"""The LGSP's header, the life of a token, and what is never shown."""

import base64
import json
import threading
import time
import traceback
from urllib.parse import parse_qs

import pytest
import responses

from connectors.errors import AddressUnsafe, RegistryMisbehaved, RegistryRefused
from connectors.lgsp import LgspCredentials, LgspTokens

URL = "https://lgsp.test/token"
CREDENTIALS = LgspCredentials("access", "very-secret", "kho", "H26", "H26.01")


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tokens(clock):
    return LgspTokens(URL, CREDENTIALS, sleep=lambda _s: None, clock=clock)


def grant(number, **more):
    responses.post(URL, json={"access_token": f"token-{number}", "token_type": "Bearer", **more})


@responses.activate
def test_credentials_go_as_json_in_base64_in_the_named_header(tokens):
    grant(1, expires_in=3600)
    assert tokens.current() == "token-1"
    request = responses.calls[0].request
    assert json.loads(base64.b64decode(request.headers["lgspaccesstoken"])) == {
        "AccessKey": "access",
        "SecretKey": "very-secret",
        "AppName": "kho",
        "PartnerCode": "H26",
        "PartnerCodeCus": "H26.01",
    }
    assert parse_qs(request.body) == {"grant_type": ["client_credentials"]}


@responses.activate
@pytest.mark.parametrize(
    ("said", "kept_s"),
    [
        ({"expires_in": 3600}, 3570),
        ({"expires_in": "3600"}, 3570),
        ({"expires_in": 10}, 5),
        ({}, 30),
        ({"expires_in": "x"}, 30),
        ({"expires_in": -1}, 30),
        ({"expires_in": None}, 30),
        ({"expires_in": "inf"}, 30),
    ],
)
def test_a_token_is_kept_until_shortly_before_it_expires(tokens, clock, said, kept_s):
    grant(1, **said)
    grant(2, **said)
    assert tokens.current() == "token-1"
    clock.now += kept_s - 0.1
    assert tokens.current() == "token-1"
    clock.now += 0.2
    assert tokens.current() == "token-2"


@responses.activate
def test_forgetting_drops_only_the_token_named(tokens):
    grant(1, expires_in=3600)
    grant(2, expires_in=3600)
    tokens.current()
    tokens.forget("token-0")
    assert tokens.current() == "token-1"
    tokens.forget("token-1")
    assert tokens.current() == "token-2"


@responses.activate
def test_many_threads_fetch_one_token(tokens):
    def slowly(_request):
        time.sleep(0.05)
        return 200, {"Content-Type": "application/json"}, '{"access_token": "t", "expires_in": 60}'

    responses.add_callback(responses.POST, URL, callback=slowly, content_type=None)
    got = []
    threads = [threading.Thread(target=lambda: got.append(tokens.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["t"] * 8
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize("status", [400, 401, 403])
def test_wrong_credentials_are_sent_once_and_not_shown(tokens, status, caplog):
    responses.post(URL, status=status, json={"sent": "very-secret"})
    with pytest.raises(RegistryRefused) as caught:
        tokens.current()
    assert len(responses.calls) == 1
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "very-secret" not in told
    assert CREDENTIALS.header() not in told


@responses.activate
@pytest.mark.parametrize("answer", [[], {}, {"access_token": 7}, {"access_token": "a\nb: c"}])
def test_an_answer_without_a_usable_token_is_misbehaviour(tokens, answer):
    responses.post(URL, json=answer)
    with pytest.raises(RegistryMisbehaved):
        tokens.current()


def test_secrets_are_in_no_representation(tokens):
    assert "secret" not in repr(CREDENTIALS) + repr(tokens) + str(CREDENTIALS)
    assert "secret" not in f"{[CREDENTIALS]}{ {'tokens': tokens} }"


def test_the_secret_is_never_sent_unencrypted():
    with pytest.raises(AddressUnsafe):
        LgspTokens("http://lgsp.test/token", CREDENTIALS)
