"""Where the mark of our signature stands: top right as displayed, beside marks that came before."""

import pytest

from ocr_assets.mark_place import Sheet, place

A4 = (0.0, 0.0, 595.0, 842.0)
SIZE = (200.0, 40.0)


def test_a_mark_stands_top_right():
    left, bottom, right, top = place(Sheet(*A4), SIZE, [])
    assert (right - left, top - bottom) == (200, 40)
    assert (595 - right, 842 - top) == (14, 8)


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, (381, 794, 581, 834)),
        (90, (8, 628, 48, 828)),
        (180, (14, 8, 214, 48)),
        (270, (547, 14, 587, 214)),
    ],
)
def test_top_right_is_meant_as_the_page_is_displayed(rotation, expected):
    assert place(Sheet(*A4, rotation=rotation), SIZE, []) == expected


def test_the_visible_part_of_a_page_counts():
    assert place(Sheet(100, 100, 400, 400), SIZE, []) == (186, 352, 386, 392)


def test_a_page_in_larger_units_gets_a_mark_of_the_same_size():
    left, bottom, right, top = place(Sheet(*A4, unit=2.0), SIZE, [])
    assert (right - left, top - bottom) == (100, 20)


def test_a_mark_stands_left_of_the_marks_in_its_way():
    here = (0.63, 0.0, 0.99, 0.07)
    left, _, right, _ = place(Sheet(*A4), SIZE, [here])
    assert right < 0.63 * 595
    again = (left / 595, 0.0, right / 595, 0.07)
    farther = place(Sheet(*A4), (100.0, 40.0), [again, here])
    assert farther[2] <= left


def test_a_mark_elsewhere_on_the_page_is_not_in_the_way():
    free = place(Sheet(*A4), SIZE, [])
    assert place(Sheet(*A4), SIZE, [(0.6, 0.5, 0.99, 0.6), (0.0, 0.0, 0.2, 0.1)]) == free


def test_where_no_room_is_left_the_mark_stays_in_its_corner():
    full = [(0.0, 0.0, 1.0, 0.1)]
    assert place(Sheet(*A4), SIZE, full) == place(Sheet(*A4), SIZE, [])


def test_a_page_smaller_than_the_mark_still_gets_one():
    left, bottom, right, top = place(Sheet(0, 0, 100, 30), SIZE, [])
    assert 0 <= left < right <= 100
    assert 0 <= bottom < top <= 30
