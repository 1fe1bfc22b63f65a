"""A pull of messages against the real sample axis, in bad weather, late, drifting and hostile."""

from collections import Counter
from dataclasses import replace

import pytest

from connectors.errors import RegistryMisbehaved, RegistryRefused
from connectors.exchange.limits import Limits
from connectors.exchange.registry import DocumentAxis
from demo.axis.messages import AxisRecipe, invent_messages
from tests.support.registries import DAY, HASTE


def expected(**recipe):
    sent = invent_messages(AxisRecipe(**recipe))
    return Counter(one.message_id for one in sent if one.fault.value == "none")


def landed(rows):
    return Counter(row.key for row in rows)


def messages(served, manners=HASTE, limits=None, **how):
    return DocumentAxis(served.http(manners=manners, **how), limits).messages_changed_on(DAY)


def test_a_pull_brings_every_message_with_its_attachments(sample):
    pull = messages(sample(letters=60, seed=5, page_size=9))
    rows = list(pull)
    assert landed(rows) == expected(letters=60, seed=5)
    assert pull.counts["attachments"] == len(rows) == pull.counts["received"]
    brought = list(pull.attachments())
    assert {one["message_id"] for one in brought} == {row.key for row in rows}
    assert all(one["file_sha256"] and one["size_bytes"] for one in brought)
    old = next(row for row in rows if row.key == "vb-gl-kh-155")
    assert (old["from_code"], old["code_number"], old["code_notation"]) == (
        "000.000.18.H26",
        "155",
        "KH-UBND",
    )


def test_failures_and_an_expiring_token_lose_and_double_nothing(sample):
    served = sample(letters=60, seed=6, page_size=5, busy=0.2, down=0.1, token_uses=9)
    patient = replace(HASTE, attempts=30, failures_before_rest=30)
    pull = messages(served, manners=patient)
    assert landed(pull) == expected(letters=60, seed=6)
    assert pull.counts["rejected"] == 0
    assert served.health()["busy"] > 10
    assert served.health()["tokens_issued"] > 5


def test_a_message_committed_late_comes_when_its_day_is_asked_for_again(sample):
    served = sample(letters=60, seed=7, late=0.3)
    before = landed(messages(served))
    served.control(commit_late=1)
    after = landed(messages(served))
    assert before < after == expected(letters=60, seed=7)


def test_hostile_messages_are_set_aside_with_a_reason_and_harm_no_sibling(sample):
    pull = messages(sample(letters=40, hostile=8, seed=8, page_size=7))
    assert landed(pull) == expected(letters=40, hostile=8, seed=8)
    reasons = Counter(one.reason for one in pull.rejected)
    assert reasons == {
        "not well-formed XML": 2,
        "attachment 1: not base64": 2,
        "declares a document type, which edXML does not have": 4,
    }
    letters = list(pull.dead_letters())
    assert len(letters) == 8
    assert all("docId" in one["item"] for one in letters)


def test_a_message_larger_than_any_may_be_is_set_aside(sample):
    served = sample(letters=3, page_size=3)
    by_answer = messages(served, manners=replace(HASTE, max_bytes=2_712))
    assert 0 < len(list(by_answer)) < by_answer.counts["received"]
    assert {one.reason for one in by_answer.rejected} == {"larger than any answer may be"}
    by_message = messages(served, limits=Limits(message_bytes=100))
    assert list(by_message) == []
    assert {one.reason for one in by_message.rejected} == {"larger than 100 bytes"}


def test_what_is_listed_and_gone_when_asked_for_is_set_aside(sample):
    served = sample(letters=40, page_size=20, seed=9)
    pull = messages(served)
    pages = iter(pull)
    first = next(pages)
    served.control(withdraw=1)
    rest = list(pages)
    assert landed([first, *rest]) == Counter([first.key])
    assert {one.reason for one in pull.rejected} == {"listed, and not there when asked for"}


def test_reading_along_confirms_nothing(sample):
    served = sample(letters=5)
    assert list(messages(served))
    assert served.health()["confirmed"] == 0


def test_an_account_without_a_right_to_the_axis_is_told_so(sample):
    served = sample(letters=5)
    with pytest.raises(RegistryRefused, match="403"):
        list(messages(served, tokens=served.tokens(app="another")))


def test_a_page_where_xml_was_due_stops_the_pull(sample):
    with pytest.raises(RegistryMisbehaved, match="not declared as JSON"):
        list(messages(sample(letters=5, mischief="html")))


def test_drift_is_kept_and_reported(sample):
    pull = messages(sample("--drift", letters=5))
    rows = list(pull)
    assert all(row["_extra"]["xuLyNhanh"] == "1" for row in rows)
    assert pull.unknown_fields["xuLyNhanh"] == len(rows)
