"""How much may be concluded from so many looked at."""

import pytest

from ocr_assets.learn.bounds import error_at_least, error_at_most, still_missing
from ocr_assets.learn.steps import Step, steps_of


@pytest.mark.parametrize(
    ("wrong", "of", "level", "bound"),
    [  # by hand for none wrong: 1 - (1 - level) ** (1 / of); else from published tables
        (0, 230, 0.90, 1 - 0.1 ** (1 / 230)),
        (0, 1, 0.90, 0.9),
        (0, 0, 0.90, 1.0),
        (5, 5, 0.90, 1.0),
        (1, 10, 0.95, 0.3942),
        (2, 20, 0.95, 0.2826),
    ],
)
def test_the_upper_bound_is_that_of_clopper_and_pearson(wrong, of, level, bound):
    assert error_at_most(wrong, of, level) == pytest.approx(bound, abs=1e-4)


def test_the_lower_bound_is_none_where_nothing_was_wrong():
    assert error_at_least(0, 500, 0.9) == 0.0
    assert error_at_least(1, 10, 0.95) == pytest.approx(0.0051, abs=1e-4)
    assert error_at_least(0, 0, 0.9) == 0.0


def test_what_is_missing_is_what_would_just_do():
    assert still_missing(0, 0, 0.01, 0.9) == 230
    assert still_missing(0, 229, 0.01, 0.9) == 1
    assert still_missing(0, 230, 0.01, 0.9) == 0
    more = still_missing(1, 50, 0.01, 0.9)
    assert error_at_most(1, 50 + more, 0.9) <= 0.01 < error_at_most(1, 49 + more, 0.9)


def test_steps_rise_and_neighbours_that_do_not_are_pooled():
    judged = [(0.3, False), (0.5, True), (0.6, False), (0.9, True), (0.9, True)]
    assert steps_of(judged) == (Step(0.3, 0, 1), Step(0.5, 1, 2), Step(0.9, 2, 2))


def test_equal_confidence_is_one_step_whatever_the_order():
    assert steps_of([(0.5, True), (0.5, False)]) == steps_of([(0.5, False), (0.5, True)])
    assert steps_of([]) == ()


def test_no_step_is_certain():
    assert 0 < Step(0.1, 0, 9).share < Step(0.9, 9, 9).share < 1
