"""The sampling tables, checked against what they are for and not against another copy of them."""

from math import comb

import pytest

from ocr_assets.acceptance.errors import TablesUnfit
from ocr_assets.acceptance.tables import Inspection, SamplingTables
from orchestration.settings import PROJECT

TABLES = SamplingTables.read(PROJECT / "dbt_project" / "seeds")
LETTERS = "ABCDEFGHJKLMNPQR"
PLANS = [(inspection, letter, limit) for inspection, letter, limit in TABLES.sizes]


def accepting(size, percent):
    """Return the chance that a lot with ``percent`` bad units is accepted."""
    bad = percent / 100
    return sum(
        comb(size.sample, found) * bad**found * (1 - bad) ** (size.sample - found)
        for found in range(size.reject)
    )


def of(inspection):
    return {(le, li): size for (i, le, li), size in TABLES.sizes.items() if i == inspection}


def test_every_letter_has_a_plan_for_every_limit_and_inspection():
    assert len(TABLES.limits()) == 16
    assert {key for i in Inspection if i != "discontinued" for key in of(i)} == {
        (letter, limit) for letter in LETTERS for limit in TABLES.limits()
    }
    assert len(TABLES.sizes) == 3 * 16 * 16


def test_a_vendor_who_meets_the_limit_rarely_loses_a_lot():
    """The producer's risk at the limit: about 12 % for the smallest samples, 1 to 5 % beyond."""
    risks = {key: 1 - accepting(size, key[1]) for key, size in of("normal").items()}
    at_limit = {
        key: risk
        for key, risk in risks.items()
        if of("normal")[key].letter == key[0]  # an arrow leads to a plan made for another size
    }
    assert max(at_limit.values()) < 0.131
    assert max(r for key, r in at_limit.items() if of("normal")[key].accept >= 1) < 0.1
    large = [r for key, r in at_limit.items() if of("normal")[key].accept >= 3]
    assert 0.005 < min(large) <= max(large) < 0.05


def test_a_lot_far_worse_than_the_limit_is_caught():
    for (letter, limit), size in of("normal").items():
        if size.accept >= 5 and limit <= 4:
            assert accepting(size, 6 * limit) < 0.1, (letter, limit)


def test_larger_samples_tell_good_from_bad_better():
    """Along a limit, plans grow in sample and number together, and arrows break no order."""
    for inspection in ("normal", "tightened", "reduced"):
        for limit in TABLES.limits():
            column = [of(inspection)[letter, limit] for letter in LETTERS]
            assert [size.accept for size in column] == sorted(size.accept for size in column)
            assert [size.sample for size in column] == sorted(size.sample for size in column)


def test_a_looser_limit_never_allows_fewer_defects_for_its_sample():
    for inspection in ("normal", "tightened", "reduced"):
        for letter in LETTERS:
            row = [of(inspection)[letter, limit] for limit in TABLES.limits()]
            own = [size.accept for size in row if size.letter == letter]
            assert own == sorted(own), (inspection, letter)


def test_tightened_inspection_never_accepts_what_normal_refuses():
    for key, normal in of("normal").items():
        tightened = of("tightened")[key]
        if normal.letter != key[0]:
            continue  # an arrow: the two lead to plans of different sizes
        for percent in (key[1], 2 * key[1], 4 * key[1]):
            assert accepting(tightened, percent) <= accepting(normal, percent) + 1e-12, key


def test_reduced_inspection_looks_at_less_and_forgives_more():
    for key, normal in of("normal").items():
        reduced = of("reduced")[key]
        assert reduced.sample <= normal.sample, key
        assert accepting(reduced, key[1]) >= accepting(normal, key[1]) - 0.005, key


def test_arrows_lead_to_plans_that_are_there():
    for inspection, letter, limit in PLANS:
        size = TABLES.sizes[inspection, letter, limit]
        if size.letter in LETTERS:
            there = TABLES.sizes[inspection, size.letter, limit]
            assert (there.letter, there.sample) == (size.letter, size.sample)
        assert 0 <= size.accept < size.reject
        if inspection != "reduced":
            assert size.reject == size.accept + 1


@pytest.mark.parametrize(
    ("lot", "level", "limit", "inspection", "expected"),
    [  # read off the printed tables by hand
        (1_000, "II", 1.0, "normal", ("J", 80, 2, 3)),
        (1_000, "II", 1.0, "tightened", ("J", 80, 1, 2)),
        (1_000, "II", 1.0, "reduced", ("J", 32, 1, 3)),
        (40_000, "I", 0.65, "normal", ("L", 200, 3, 4)),
        (300, "S-4", 2.5, "normal", ("F", 20, 1, 2)),  # E has an arrow down
        (150, "II", 1.5, "normal", ("G", 32, 1, 2)),
    ],
)
def test_plans_are_those_of_the_printed_tables(lot, level, limit, inspection, expected):
    size = TABLES.size(lot, level, limit, Inspection(inspection))
    assert (size.letter, size.sample, size.accept, size.reject) == expected


def test_levels_are_ordered_from_the_least_to_the_most_sampled():
    for lot in (2, 30, 400, 5_000, 600_000):
        letters = [
            TABLES._letter(lot, level) for level in ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
        ]
        assert letters == sorted(letters)


def test_a_lot_smaller_than_its_sample_is_looked_at_whole():
    assert TABLES.size(1, "II", 0.1, Inspection.NORMAL).sample == 1
    assert TABLES.size(90, "II", 0.1, Inspection.NORMAL).sample == 90


def test_without_sampling_everything_is_looked_at_and_nothing_may_be_bad():
    size = TABLES.size(5_000, "II", 1.0, Inspection.DISCONTINUED)
    assert (size.sample, size.accept, size.reject) == (5_000, 0, 1)


@pytest.mark.parametrize(("level", "limit"), [("IV", 1.0), ("II", 1.1)])
def test_what_the_tables_do_not_know_is_refused_with_what_they_know(level, limit):
    with pytest.raises(TablesUnfit, match="these: "):
        TABLES.size(100, level, limit, Inspection.NORMAL)


def test_the_next_tighter_limit_is_the_one_before():
    assert TABLES.tighter(1.0) == 0.65
    assert TABLES.tighter(0.01) == 0.01
