"""How strictly a vendor is inspected follows from how the last lots came out."""

import pytest

from ocr_assets.acceptance.switching import Past, inspection_after
from ocr_assets.acceptance.tables import Inspection

WON = Past(defects=0, accept=2, reject=3, accept_tighter=1)
LOST = Past(defects=3, accept=2, reject=3, accept_tighter=1)
NARROW = Past(defects=2, accept=2, reject=3, accept_tighter=1)
SMALL = Past(defects=0, accept=0, reject=1, accept_tighter=0)


def after(*history, reduced=False):
    return inspection_after(history, is_reduced_allowed=reduced)


def test_a_vendor_begins_with_normal_inspection():
    assert after() is Inspection.NORMAL
    assert after(LOST) is Inspection.NORMAL


@pytest.mark.parametrize("between", range(4))
def test_two_lots_of_five_lost_lead_to_tightened_inspection(between):
    assert after(LOST, *[WON] * between, LOST) is Inspection.TIGHTENED


def test_two_lost_lots_far_apart_do_not():
    assert after(LOST, *[WON] * 4, LOST) is Inspection.NORMAL


def test_five_lots_won_in_a_row_lead_back_to_normal_inspection():
    tightened = (LOST, LOST)
    assert after(*tightened, *[WON] * 4) is Inspection.TIGHTENED
    assert after(*tightened, *[WON] * 4, LOST, WON) is Inspection.TIGHTENED
    assert after(*tightened, *[WON] * 5) is Inspection.NORMAL


def test_five_lots_lost_under_tightened_inspection_end_sampling():
    assert after(LOST, LOST, *[LOST] * 4) is Inspection.TIGHTENED
    ended = (LOST, LOST, LOST, WON, LOST, LOST, LOST, LOST)
    assert after(*ended) is Inspection.DISCONTINUED
    assert after(*ended, LOST) is Inspection.DISCONTINUED
    assert after(*ended, WON) is Inspection.TIGHTENED


def test_a_score_of_thirty_allows_reduced_inspection_where_the_owner_does():
    assert after(*[WON] * 10, reduced=True) is Inspection.REDUCED
    assert after(*[WON] * 9, reduced=True) is Inspection.NORMAL
    assert after(*[WON] * 10) is Inspection.NORMAL
    assert after(*[SMALL] * 14, reduced=True) is Inspection.NORMAL
    assert after(*[SMALL] * 15, reduced=True) is Inspection.REDUCED


def test_a_lot_won_narrowly_starts_the_score_again():
    assert after(*[WON] * 9, NARROW, WON, reduced=True) is Inspection.NORMAL
    assert after(*[WON] * 9, NARROW, *[WON] * 10, reduced=True) is Inspection.REDUCED


def test_the_first_lot_lost_or_between_the_numbers_ends_reduced_inspection():
    between = Past(defects=1, accept=0, reject=2, accept_tighter=0)
    assert between.is_won
    assert after(*[WON] * 10, WON, reduced=True) is Inspection.REDUCED
    assert after(*[WON] * 10, LOST, reduced=True) is Inspection.NORMAL
    assert after(*[WON] * 10, between, reduced=True) is Inspection.NORMAL
