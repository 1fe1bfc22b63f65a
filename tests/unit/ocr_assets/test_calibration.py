"""Confidence as it is kept: a probability, in the order of the reader's own certainty."""

import pytest

from ocr_assets.calibration import probability


def test_the_surer_word_stays_the_likelier_one():
    told = [probability(step / 1000) for step in range(1001)]
    assert told == sorted(told)
    assert len(set(told)) == len(told)
    assert 0 < told[0] < told[-1] < 1


@pytest.mark.parametrize("certainty", [-0.1, 1.1])
def test_a_certainty_beyond_the_scale_is_held_to_its_end(certainty):
    assert probability(certainty) == probability(round(certainty))


def test_a_modest_reader_is_taken_for_what_it_gets_right():
    assert probability(0.75) == pytest.approx(0.97)
    assert probability(0.5) < 0.8
