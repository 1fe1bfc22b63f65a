"""A sample is drawn by chance, fairly, and again by whoever has the seed."""

from collections import Counter

import pytest

from ocr_assets.acceptance.drawing import Unit, counted, draw


def unit(number, box="B1", hard="plain"):
    return Unit("H26.01:" + "a" * 64, "H26.01", box, "D1", number, 9, "b" * 64, hard)


LOT = [unit(n) for n in range(1, 201)]
HARD = [unit(n, "B1", "degraded") for n in range(201, 204)] + [
    unit(n, "B2", "doubtful_number") for n in range(204, 206)
]


def test_the_same_lot_and_seed_draw_the_same_sample_in_whatever_order_the_lot_is_listed():
    shuffled = [*reversed(LOT), *HARD]
    assert draw(LOT + HARD, 32, "seed") == draw(shuffled, 32, "seed")
    assert draw(LOT + HARD, 32, "seed") != draw(LOT + HARD, 32, "another seed")


def test_a_sample_has_no_unit_twice_and_never_more_than_there_are():
    drawn = draw(LOT, 80, "s")
    assert len(drawn) == len({one.name for one in drawn}) == 80
    assert sorted(one.page for one in draw(LOT[:5], 80, "s")) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_every_box_and_every_hard_class_is_looked_at(seed):
    strata = {one.stratum for one in draw(LOT + HARD, 13, seed)}
    assert strata == {one.stratum for one in LOT + HARD}


def test_where_boxes_outnumber_the_sample_each_has_a_chance():
    boxes = [unit(n, f"B{n}") for n in range(1, 21)]
    met = Counter(one.box_code for seed in range(400) for one in draw(boxes, 2, str(seed)))
    assert set(met) == {one.box_code for one in boxes}
    assert max(met.values()) < 3 * min(met.values())


def test_within_a_box_every_page_has_the_same_chance():
    met = Counter(one.page for seed in range(1000) for one in draw(LOT[:20], 5, str(seed)))
    assert len(met) == 20
    assert all(190 <= times <= 310 for times in met.values())


def test_the_rest_is_shared_out_in_proportion():
    large, small = [unit(n, "B1") for n in range(90)], [unit(n, "B2") for n in range(100, 110)]
    boxes = Counter(one.box_code for one in draw(large + small, 20, "s"))
    assert boxes == {"B1": 18, "B2": 2}


def test_strata_are_counted_for_whoever_checks_the_draw():
    drawn = draw(LOT + HARD, 13, "s")
    rows = counted(LOT + HARD, drawn)
    assert sum(row["lot_count"] for row in rows) == 205
    assert sum(row["sample_count"] for row in rows) == 13
    assert {(row["box_code"], row["hard_class"]) for row in rows} == {
        ("B1", "plain"),
        ("B1", "degraded"),
        ("B2", "doubtful_number"),
    }


def test_a_unit_does_not_show_what_it_claims():
    assert "H26" not in repr(LOT[0])
