"""The written rule, case by case; F10 is the third and the fourth."""

import pytest

from ocr_assets.duplicates.looks import PagePair
from ocr_assets.duplicates.naming import Agreement, Naming
from ocr_assets.duplicates.verdict import PROPOSALS, Evidence, Verdict, judge
from ocr_assets.duplicates.wording import Wording

EQUAL, DIFFERENT, UNKNOWN = Agreement.EQUAL, Agreement.DIFFERENT, Agreement.UNKNOWN
AGREED = Naming(EQUAL, EQUAL, EQUAL, EQUAL)
UNNAMED = Naming()
ALIKE, APART = (PagePair(1, 1, 0.1),), (PagePair(1, 1, 0.4),)
WORDS, SOME, OTHERS = Wording(200, 0), Wording(200, 2), Wording(200, 9)


def found(pages=APART, text=0.0, words=None, named=UNNAMED, *, images=False, seen=(1, 1)):  # noqa: PLR0913
    return Evidence(pages, seen, len(pages) * images, images, text, words, named)


CASES = {
    "a re-scan: pages alike, names agree": (found(ALIKE, 0.9, WORDS, AGREED), "same_paper"),
    "a re-scan without a name that could be read": (found(ALIKE, 0.9, WORDS), "same_paper"),
    "one form for two people, numbers differ": (
        found(ALIKE, 0.97, None, Naming(EQUAL, DIFFERENT, EQUAL, EQUAL)),
        "same_form",
    ),
    "one form for two people, no number on it": (found(ALIKE, 0.9, OTHERS), "same_form"),
    "a word or two are others, and no number says more": (found(ALIKE, 0.9, SOME), "undecided"),
    "much is other although the names agree": (found(ALIKE, 0.7, OTHERS, AGREED), "undecided"),
    "pages alike that could not be read": (found(ALIKE), "undecided"),
    "pages alike and names agree, unread otherwise": (found(ALIKE, named=AGREED), "same_paper"),
    "one picture in two wrappings": (found(ALIKE, images=True), "same_paper"),
    "one letterhead picture on two forms": (
        found(ALIKE, 0.9, OTHERS, images=True),
        "same_form",
    ),
    "a copy typed anew": (found(APART, 0.8, WORDS), "same_text"),
    "only the names agree": (found(named=AGREED), "undecided"),
    "nothing in common": (found(), None),
    "nothing in common and names that differ": (
        found(named=Naming(number=DIFFERENT)),
        None,
    ),
    "one page of five alike": (found(ALIKE, named=UNNAMED, seen=(1, 5)), None),
    "one page lost of two": (found(ALIKE, 0.6, WORDS, AGREED, seen=(1, 2)), "same_paper"),
    "nothing to be seen on either": (found((), seen=(0, 0)), None),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule_says(case):
    evidence, verdict = CASES[case]
    assert judge(evidence) == verdict


def test_a_form_filled_in_twice_is_no_proposal():
    assert set(Verdict) - set(PROPOSALS) == {Verdict.SAME_FORM}


def test_whatever_is_alike_a_name_that_surely_differs_is_never_the_same_paper():
    for part in ("issuer", "number", "symbol", "date"):
        named = Naming(**{part: DIFFERENT})
        for words in (None, WORDS, OTHERS):
            assert judge(found(ALIKE, 1.0, words, named, images=True)) is Verdict.SAME_FORM
