"""Claims are put and answered by their place; what is kept of it holds no number and no name."""

import json
from datetime import date

import pytest
import responses

from connectors.errors import PersonKeyMissing, RegistryMisbehaved, RegistryUnavailable
from connectors.http import RegistryHttp
from connectors.manners import Manners
from connectors.population.contract import Claim, Result, Verdict
from connectors.population.person_key import PersonKey
from connectors.population.registry import PopulationRegistry, without_numbers

BASE, VERIFY = "https://registry.test", "https://registry.test/population/v1/verifications"
CANARY, SUCCESSOR, NAME = "000000000001", "000000000002", "TEST PERSON"
SECRET = "of a test and nobody else, 32 ch."


class Desk:
    number = 1

    def current(self):
        return f"token-{self.number}"

    def forget(self, _token):
        self.number += 1


class Witness:
    def __init__(self):
        self.told = []

    def note(self, request_id, place, _asked_at, *answer, kept=None):
        self.told.append((request_id, place, *answer, kept))


@pytest.fixture
def witness():
    return Witness()


@pytest.fixture
def population(witness):
    manners = Manners(attempts=3)
    http = RegistryHttp(BASE, Desk(), manners=manners, sleep=lambda _: None, witness=witness)
    return PopulationRegistry(http)


def answer(*items):
    return {"items": list(items)}


@responses.activate
def test_claims_go_out_in_the_body_and_are_answered_by_their_place(population):
    responses.post(
        VERIFY,
        json=answer(
            {"ordinal": 2, "result": "differs", "differing": ["birthDate", "fullName"]},
            {"ordinal": 1, "result": "matched", "differing": [], "successorPersonId": SUCCESSOR},
        ),
    )
    answered = population.verify(
        [Claim(CANARY[3:], NAME), Claim(SUCCESSOR, NAME, date(1980, 1, 2))]
    )
    assert answered.verdicts == (
        Verdict(Result.MATCHED, (), SUCCESSOR),
        Verdict(Result.DIFFERS, ("full_name", "birth_date")),
    )
    [call] = responses.calls
    assert CANARY[3:] not in call.request.url
    assert call.request.headers["X-Request-Id"] == answered.request_id
    assert json.loads(call.request.body)["items"] == [
        {"ordinal": 1, "personId": CANARY[3:], "fullName": NAME},
        {"ordinal": 2, "personId": SUCCESSOR, "fullName": NAME, "birthDate": "1980-01-02"},
    ]


@responses.activate
def test_evidence_keeps_the_answer_without_new_numbers_and_nothing_of_the_question(
    population, witness
):
    sent = answer({"ordinal": 1, "result": "matched", "successorPersonId": SUCCESSOR})
    responses.post(VERIFY, json=sent)
    answered = population.verify([Claim(CANARY[3:], NAME)])
    [(request_id, place, status, body, kept)] = witness.told
    assert (request_id, status) == (answered.request_id, 200)
    assert place == "registry.test/population/v1/verifications"
    assert json.loads(body) == sent
    assert json.loads(kept) == answer(
        {"ordinal": 1, "result": "matched", "successorPersonId": "(withheld)"}
    )


def test_evidence_keeps_nothing_that_nobody_agreed_on_of_a_person():
    item = {"ordinal": 1, "result": "differs", "differing": ["birthDate", NAME], "fullName": NAME}
    more = {"person": {"personId": CANARY}, CANARY: 1, "successor_person_id": SUCCESSOR}
    sent = {"items": [item | more, NAME, {"ordinal": CANARY, "result": NAME}], "asked": [CANARY]}
    kept = without_numbers(json.dumps(sent).encode())
    for value in (NAME, CANARY, SUCCESSOR):
        assert value not in kept.decode()
    assert json.loads(kept) == {
        "items": [
            {"ordinal": 1, "result": "differs", "differing": ["birthDate"], "(withheld)": 4},
            {"(withheld)": 1},
            {"(withheld)": 2},
        ],
        "(withheld)": 1,
    }


@pytest.mark.parametrize("unreadable", [b"{", b"[]", b'{"items": 1}', SUCCESSOR.encode()])
def test_an_answer_that_cannot_be_read_is_not_kept(unreadable):
    assert without_numbers(unreadable) == b"{}"


@responses.activate
def test_a_question_is_put_again_as_any_other_and_with_a_fresh_token(population, witness):
    responses.post(VERIFY, status=503)
    responses.post(VERIFY, status=401, json={})
    responses.post(VERIFY, json=answer({"ordinal": 1, "result": "not_found"}))
    assert population.verify([Claim(CANARY, NAME)]).verdicts[0].result is Result.NOT_FOUND
    tokens = [call.request.headers["Authorization"] for call in responses.calls]
    assert tokens == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    assert len({call.request.body for call in responses.calls}) == 1
    assert [status for _, _, status, _, _ in witness.told] == [401, 200]


GOOD = {"ordinal": 1, "result": "matched", "differing": []}


@responses.activate
@pytest.mark.parametrize(
    "told",
    [
        [],
        [GOOD, GOOD],
        [GOOD, GOOD | {"ordinal": 2}],
        [GOOD | {"ordinal": 2}],
        [GOOD | {"result": "alive"}],
        [GOOD | {"result": "differs"}],
        [GOOD | {"differing": ["fullName"]}],
        [GOOD | {"successorPersonId": "1"}],
        [GOOD | {"successorPersonId": 1}],
        ["matched"],
        [{"result": "matched"}],
        None,
    ],
)
def test_an_answer_that_does_not_speak_of_these_claims_is_refused(population, told):
    responses.post(VERIFY, json={"items": told})
    with pytest.raises(RegistryMisbehaved) as caught:
        population.verify([Claim(CANARY, NAME)])
    assert CANARY not in str(caught.value)


@responses.activate
def test_no_failure_tells_what_was_asked(population, caplog):
    caplog.set_level("DEBUG")
    responses.post(VERIFY, status=503)
    with pytest.raises(RegistryUnavailable) as caught:
        population.verify([Claim(CANARY, NAME)])
    told = str(caught.value) + caplog.text + repr(Claim(CANARY, NAME)) + repr(population)
    assert CANARY not in told
    assert NAME not in told


def test_a_token_depends_on_the_secret_and_the_number_alone():
    key, other = PersonKey(SECRET, "1"), PersonKey(SECRET + "!", "1")
    assert key.person(CANARY) == PersonKey(SECRET, "2").person(CANARY)
    assert key.person(CANARY) != other.person(CANARY)
    assert key.person(CANARY) != key.person(SUCCESSOR)
    assert len(key.person(CANARY)) == 64
    assert SECRET not in repr(key)


@pytest.mark.parametrize("number", [None, CANARY[3:], "", "00000000000a", CANARY + "0"])
def test_only_a_number_of_twelve_digits_has_a_token(number):
    assert PersonKey(SECRET, "1").person(number) is None


def test_a_claim_changes_its_token_with_any_of_its_values():
    key = PersonKey(SECRET, "1")
    tokens = {
        key.claim("land__parcels", "P1", CANARY, NAME, None),
        key.claim("land__parcels", "P1", CANARY, NAME, date(1980, 1, 1)),
        key.claim("land__parcels", "P1", CANARY, NAME + " ", None),
        key.claim("land__parcels", "P2", CANARY, NAME, None),
        key.claim("land__parcels", "P1" + CANARY, NAME, None),
        key.person(CANARY),
    }
    assert len(tokens) == 6


@pytest.mark.parametrize("secret", ["", "short"])
def test_without_a_secret_no_token_is_made_and_the_setting_is_named(secret):
    with pytest.raises(PersonKeyMissing, match="KHO_PERSON_KEY"):
        PersonKey(secret, "1")
    assert not PersonKeyMissing.retryable
