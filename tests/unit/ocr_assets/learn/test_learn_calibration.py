"""By which way a value came before a person, and what a calibration is made from."""

from datetime import UTC, datetime

import pytest

from ocr_assets.learn.calibration import Standing, calibrated, judgement_of
from ocr_assets.learn.judgement import Source
from ocr_assets.learn.lesson import Rule
from ocr_assets.thresholds import ACCEPTED_FROM

NOW = datetime(2026, 1, 5, tzinfo=UTC)
RULE = Rule(0.01, 0.9)


def word(**more):
    return {
        "field_name": "date",
        "confidence": 0.5,
        "is_right": True,
        "was_accepted": False,
        "accepted_from": 0.88,
        "is_contested": False,
        "is_audit": False,
        **more,
    }


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (word(), Source.REVIEWED),
        (word(confidence=0.95), Source.HELD_BACK),
        (word(confidence=0.95, was_accepted=True), Source.BY_CHANCE),
        (word(confidence=0.95, was_accepted=True, is_audit=True), Source.AUDITED),
        # a word from before acceptance was written down: today's threshold tells
        (word(confidence=0.95, was_accepted=None, accepted_from=None), Source.BY_CHANCE),
        (word(confidence=0.85, was_accepted=None, accepted_from=None), Source.REVIEWED),
        # reviewed under another threshold than today's, which is .88
        (word(confidence=0.90, accepted_from=0.95), Source.REVIEWED),
    ],
)
def test_the_way_a_value_came_before_a_person_is_told(said, source):
    assert judgement_of(said, ACCEPTED_FROM).source is source


def test_what_is_contested_or_never_judged_says_nothing():
    assert judgement_of(word(is_contested=True), ACCEPTED_FROM) is None
    assert judgement_of(word(field_name="page_count"), ACCEPTED_FROM) is None


def made(words, rule=RULE, before=None, population=None):
    return calibrated(words, Standing(before or {}, population or {}, rule), NOW)


def test_every_field_has_its_row_and_few_words_share_their_steps():
    rows = {row["field_name"]: row for row in made([word(), word(field_name="type")]).rows}
    assert set(rows) == set(ACCEPTED_FROM)
    assert rows["date"]["pooled"] == "pooled"
    assert (
        rows["date"]["steps"]
        == rows["signer"]["steps"]
        == [{"from": 0.5, "right": 2, "of": 2, "share": round(2.5 / 3, 5)}]
    )
    many = made([word()] * 50 + [word(field_name="type", is_right=False)])
    rows = {row["field_name"]: row for row in many.rows}
    assert (rows["date"]["pooled"], rows["date"]["steps"][0]["of"]) == ("own", 50)
    assert rows["signer"]["steps"][0]["of"] == 1


def test_the_same_words_make_the_same_digest_whatever_their_order_and_thresholds_in_force():
    words = [word(), word(confidence=0.7)]
    first = made(words)
    assert first.sample_sha256 == made(words[::-1], before={"date": 0.7}).sample_sha256
    assert first.sample_sha256 != made(words[:1]).sample_sha256
    assert first.sample_sha256 != made(words, Rule(0.02, 0.9)).sample_sha256
    assert first.calibration_id == f"20260105T000000Z-{first.sample_sha256[:8]}"


def test_a_wrong_value_somebody_came_upon_is_told_and_not_weighed():
    words = [word(confidence=0.95, was_accepted=True, is_right=False)] * 3
    [row] = [row for row in made(words).rows if row["field_name"] == "date"]
    assert (row["chance_wrong_count"], row["looked_at_count"], row["status"]) == (3, 0, "too_few")
    assert row["threshold"] == ACCEPTED_FROM["date"]
