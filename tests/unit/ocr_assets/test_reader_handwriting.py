"""Gaps for handwriting, pieces of ink, digits."""

import numpy as np
import pytest

from ocr_assets.decoding import Character, Spotted
from ocr_assets.digits import DigitClassifier
from ocr_assets.gaps import DAY, MONTH, NUMBER, filled, gaps, is_printed
from ocr_assets.placing import Given, Placed
from ocr_assets.posteriors import LinePosteriors
from ocr_assets.strokes import blobs, pieces, stacked

BODY = (0.0, 20.0, 200.0, 60.0)


def spotted(text, score=0.0):
    """A line of words, ten pixels a character."""
    line = LinePosteriors((0, 100, 900, 120), np.zeros((len(text), 3), np.float32), 0.0, 10.0)
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        characters = tuple(Character(1, i, i, i, score) for i in range(start, at))
        placed = Spotted(line, characters, start, at, word)
        words.append(Placed(placed, (start * 10.0, 100, at * 10.0, 120)))
    return words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 51/QĐ-UBND", "51"),
        ("Số:   /QĐ-UBND", ""),
        ("S6286/QĐ-VKSTC", "286"),
        ("Số 29-CT/TU", "29"),
        ("Số: 01- CTLT/ĐTN", "01"),
        ("Số: 155/2020/NĐ-CP", "155"),
        ("Số: 660 7TB-UBND", "660"),
        ("Số:Z&H/QĐ-UBND", "Z&H"),
    ],
)
def test_the_number_stands_between_its_word_and_its_symbol(text, number):
    (gap,) = gaps(spotted(text), 4000)
    assert (gap.kind, gap.text) == (NUMBER, number)


@pytest.mark.parametrize("text", ["Sở Nội vụ", "Căn cứ Quyết định số 12/QĐ-UBND", "Tỉnh ủy"])
def test_other_lines_have_no_gap(text):
    assert gaps(spotted(text), 4000) == []


def test_day_and_month_stand_between_their_words():
    found = gaps(spotted("Hà Nội, ngày4Ịtháng 02năm 2025"), 4000)
    assert [(g.kind, g.text) for g in found] == [(DAY, "4Ị"), (MONTH, "02")]


def test_the_foot_of_a_page_is_left_alone():
    assert gaps(spotted("Số: 51/QĐ-UBND"), 200) == []


def test_plain_print_is_told_from_doubtful_digits():
    sure, doubtful = spotted("Số: 51/QĐ-UBND"), spotted("Số: 51/QĐ-UBND", score=-1.0)
    assert is_printed(sure, gaps(sure, 4000)[0])
    assert not is_printed(doubtful, gaps(doubtful, 4000)[0])


def test_a_settled_reading_takes_the_place_of_what_stood_in_the_gap():
    words = spotted("Số:Z&H/QĐ-UBND ngày")
    parts = filled(words, gaps(words, 4000)[0], Given("287", 0.9))
    assert [p.given.text if p.given else p.word.text for p in parts] == [
        "Số:",
        "287",
        "/QĐ-UBND",
        "ngày",
    ]


def test_a_slash_read_as_a_seven_is_a_slash_again():
    words = spotted("Số: 660 7TB-UBND")
    parts = filled(words, gaps(words, 4000)[0], Given("660", 0.9))
    assert [p.given.text if p.given else p.word.text for p in parts] == ["Số:", "660", "/TB-UBND"]


def test_an_empty_gap_can_be_filled():
    words = spotted("Số:   /QĐ-UBND")
    parts = filled(words, gaps(words, 4000)[0], Given("7", 0.9))
    assert [p.given.text if p.given else p.word.text for p in parts] == ["Số:", "7", "/QĐ-UBND"]


def test_filling_the_day_leaves_the_month_that_was_filled_before():
    words = spotted("Hà Nội, ngày2Ệtháng(O năm 2022")
    day, month = gaps(words, 4000)
    parts = filled(filled(words, month, Given("10", 0.9)), day, Given("24", 0.9))
    told = [p.given.text if p.given else p.word.text for p in parts]
    assert told == ["Hà", "Nội,", "ngày", "24", "tháng", "10", "năm", "2022"]


def test_a_lone_digit_is_no_day_however_sure_and_a_lone_month_may_be():
    words = spotted("Hà Nội, ngày 2 tháng 7 năm 2022")
    day, month = gaps(words, 4000)
    assert not is_printed(words, day)
    assert is_printed(words, month)


def ink(*boxes):
    image = np.zeros((80, 200), np.uint8)
    for left, top, right, bottom in boxes:
        image[top:bottom, left:right] = 255
    return image


def test_specks_rules_and_the_next_word_are_no_digits():
    image = ink((50, 20, 70, 60), (10, 40, 13, 43), (0, 2, 150, 5), (192, 30, 200, 55))
    assert [(b.left, b.right) for b in blobs(image, BODY)] == [(50, 70)]


def test_a_broken_stroke_is_one_piece():
    image = ink((50, 20, 70, 38), (52, 42, 72, 60))
    assert len(blobs(image, BODY)) == 2
    assert len(stacked(blobs(image, BODY))) == 1


def test_touching_digits_are_cut_where_least_ink_is():
    image = ink((50, 20, 70, 60), (70, 40, 80, 44), (80, 20, 100, 60))
    left, right = pieces(image, blobs(image, BODY), 2)
    assert np.flatnonzero(left.any(axis=0)).max() < np.flatnonzero(right.any(axis=0)).min()
    assert 68 <= np.flatnonzero(right.any(axis=0)).min() <= 82


def test_the_classifier_returns_probabilities_for_any_ink():
    rows = DigitClassifier().log_probabilities([ink((50, 20, 70, 60)), ink()])
    assert rows.shape == (2, 10)
    assert np.exp(rows).sum(axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert DigitClassifier().log_probabilities([]).shape == (0, 10)


def test_an_upright_bar_is_a_one():
    assert DigitClassifier().log_probabilities([ink((50, 20, 56, 60))])[0].argmax() == 1
