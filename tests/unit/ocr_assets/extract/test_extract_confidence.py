"""What is accepted without a second look, and what never is."""

from dataclasses import replace

import pytest

from ocr_assets.calibration import probability
from ocr_assets.extract.confidence import judged
from ocr_assets.extract.field import Finding
from ocr_assets.extract.number import forms_of, number_found
from ocr_assets.extract.strips import strips_of
from ocr_assets.extract.witnesses import Witnesses, witnesses_of
from ocr_assets.reading import Box, Decider, Evidence, Word
from ocr_assets.thresholds import ACCEPTED_FROM, Thresholds
from tests.unit.ocr_assets.extract.sheets import left, page


def finding(confidence=1.0, **more):
    return Finding("x", strips_of(page(left("Số: 5e/QĐ-X", 3, confidence))), "test", 1.0, **more)


@pytest.mark.parametrize("name", list(ACCEPTED_FROM))
def test_a_doubtful_finding_is_never_accepted_however_sure_the_reader(name):
    assert judged(name, finding()).accepted
    assert not judged(name, finding(is_doubtful=True)).accepted


@pytest.mark.parametrize("name", list(ACCEPTED_FROM))
def test_a_finding_below_its_threshold_is_not_accepted(name):
    assert not judged(name, finding(trust=ACCEPTED_FROM[name] - 0.01)).accepted


def test_a_learned_threshold_decides_and_says_where_it_comes_from():
    learned = Thresholds.of_calibration("of-may", {"type": 0.70})
    surely = finding(trust=0.75)
    shipped, taught = judged("type", surely), judged("type", surely, learned)
    assert (shipped.accepted, shipped.accepted_from, shipped.calibration_id) == (False, 0.85, None)
    assert (taught.accepted, taught.accepted_from, taught.calibration_id) == (True, 0.70, "of-may")
    assert judged("date", surely, learned).accepted_from == ACCEPTED_FROM["date"]
    assert not judged("type", finding(is_doubtful=True), learned).accepted


def test_confidence_is_the_product_of_reading_and_extraction():
    strips = finding(0.8).strips
    told = judged("type", Finding("x", strips, "test", 0.5))
    assert told.confidence == pytest.approx(0.5 * probability(0.8), abs=1e-4)
    assert told.reading_confidence == pytest.approx(probability(0.8), abs=1e-4)
    assert told.extraction_confidence == 0.5


def test_what_each_reader_saw_stands_beside_the_value():
    own = Evidence("Số:5e/QĐ", 0.9, Decider.FIRST)  # one piece, cut in two
    asked, blind = (Evidence("-X", 0.4, Decider.SECOND, saw) for saw in ("-Ỵ", ""))
    box = Box(0, 0, 9, 9)
    words = [
        Word("Số:", box, 0.9, replace(own, characters=((0, 4),))),
        Word("5e/QĐ", box, 0.9, own),
    ]
    seen = witnesses_of([*words, Word("-X", box, 0.4, asked), Word("?", box, 0.4, blind)])
    assert seen == Witnesses("Số:5e/QĐ -X -X", "… -Ỵ ∅")
    assert witnesses_of(words) == Witnesses("Số:5e/QĐ", None)
    assert witnesses_of([Word("x", box, 0.9)]) == Witnesses(None, None)


def test_a_number_with_a_sign_that_is_no_digit_is_doubtful():
    (strip,) = finding().strips
    assert number_found(strip, forms_of(strip.text)["state"]).is_doubtful
