"""Spellings that mean one thing, and parts of names."""

import pytest

from linkage.pair import ScoredPair
from linkage.spelling import letters, name_parts, spelled
from linkage.threshold import chosen_threshold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HÒA", "hoà"),
        ("Thúy", "Thuý"),
        ("khỏe", "khoẻ"),
        ("Ho\u0300a", "hòa"),
        (" Lê  Lợi ", "lê lợi"),
    ],
)
def test_two_spellings_of_one_word_are_one(one, other):
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize("word", ["của", "mía", "hoàn", "toán", "quỳnh", "thuyền"])
def test_other_words_keep_their_marks(word):
    assert spelled(word) == word


def test_letters_are_bare_words():
    assert letters("Công ty TNHH Đại-Phát (số 1)") == "cong ty tnhh dai phat so 1"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("NGUYỄN THỬ VĂN HÒA", ("nguyễn", "thử văn", "hoà")),
        ("Lê Lan", ("lê", None, "lan")),
        ("Hoà", (None, None, "hoà")),
        ("  ", (None, None, None)),
    ],
)
def test_a_name_comes_apart(name, parts):
    assert name_parts(name) == parts


def _pairs(*probabilities: float) -> list[ScoredPair]:
    return [ScoredPair("a", "b", one, 0, {}) for one in probabilities]


def test_pairs_are_shown_as_long_as_they_are_right_on_average():
    assert chosen_threshold(_pairs(1, 1, 1, 0.97, 0.9), expected=0.97) == 0.9
    assert chosen_threshold(_pairs(1, 1, 1, 0.97, 0.8), expected=0.97) == 0.97


def test_nothing_likelier_wrong_than_right_is_shown():
    assert chosen_threshold(_pairs(*[1.0] * 1000, 0.4), expected=0.9) == 1.0


def test_without_a_good_pair_only_certainty_is_shown():
    assert chosen_threshold(_pairs(0.9, 0.8)) == 1.0
    assert chosen_threshold([]) == 1.0
