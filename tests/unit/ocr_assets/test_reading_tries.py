"""When a scan is handed out again after a worker fell over it."""

from pathlib import Path

import pytest

from ocr_assets.crew import _deserves_another_try
from ocr_assets.outcome import Reason
from ocr_assets.profile import Scan
from ocr_assets.worker import Order

HERE = Path()


def order(*falls):
    return Order(0, Scan(HERE), HERE, HERE, HERE, falls)


@pytest.mark.parametrize("reason", [Reason.TIMED_OUT, Reason.WORKER_DIED, Reason.OUT_OF_MEMORY])
def test_a_fall_over_a_page_is_that_pages(reason):
    assert _deserves_another_try(order(), 3, reason)
    assert _deserves_another_try(order(3), 3, reason)


def test_a_page_is_given_up_after_two_falls():
    assert order(3).given_up == frozenset()
    assert order(3, 3, 7).given_up == {3}


def test_a_scan_that_goes_on_felling_workers_comes_to_an_end():
    assert _deserves_another_try(order(1, 1, 2, 2), 3, Reason.TIMED_OUT)
    assert not _deserves_another_try(order(1, 1, 2, 2, 3), 3, Reason.TIMED_OUT)


@pytest.mark.parametrize(
    ("falls", "reason", "again"),
    [
        ((), Reason.WORKER_DIED, True),
        ((0,), Reason.WORKER_DIED, False),
        ((), Reason.TIMED_OUT, False),
        ((), Reason.OUT_OF_MEMORY, False),
    ],
)
def test_outside_the_pages_only_a_sudden_death_is_worth_another_try(falls, reason, again):
    assert _deserves_another_try(order(*falls), 0, reason) is again
