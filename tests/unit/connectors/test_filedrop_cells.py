"""Cells of registers: what can be read is, what is doubtful says so, nothing is filled up."""

from datetime import date, datetime

import pytest

from connectors.filedrop import cells, partial_dates
from connectors.kinds import Unreadable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (date(2025, 4, 19), "2025-04-19"),
        (datetime(2025, 4, 19, 10, 30), "2025-04-19"),  # noqa: DTZ001 - a cell has no zone
        ("19/04/2025", "2025-04-19"),
        ("9-4-2025", "2025-04-09"),
        ("19.04.2025", "2025-04-19"),
        ("2025-04-19", "2025-04-19"),
        ("2025-04-19 00:00:00", "2025-04-19"),
        ("Ngày 19 tháng 4 năm 2025", "2025-04-19"),
        ("tháng 4 năm 2025", "2025-04"),
        ("04/2025", "2025-04"),
        ("…/4/2025", "2025-04"),
        ("00/04/2025", "2025-04"),
        ("__/__/2025", "2025"),
        ("năm 2025", "2025"),
        ("2025", "2025"),
        (2025.0, "2025"),
        (1998, "1998"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_to_the_precision_it_has(written, read):
    assert partial_dates.read(written) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("29/02/2025", "no such day"),
        ("04/19/2025", "exchanged"),
        ("19/04/25", "century"),
        (45766.0, "without the form of a date"),
        (True, "without the form of a date"),
        ("hôm qua", "not a date"),
        ("13/2025", "no such month"),
        ("", "not a date"),
    ],
)
def test_what_could_be_another_date_or_none_is_not_guessed(written, why):
    with pytest.raises(Unreadable, match=why):
        partial_dates.read(written)


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ((19.0, 4.0, 2025.0), "2025-04-19"),
        (("19", "04", "2025"), "2025-04-19"),
        ((None, 4, 2025), "2025-04"),
        (("", "", "2025"), "2025"),
        (("00", "4", "2025"), "2025-04"),
        ((None, None, None), None),
    ],
)
def test_a_date_of_three_columns_has_no_day_where_none_is_given(parts, read):
    assert partial_dates.composed(*parts) == read


@pytest.mark.parametrize("parts", [(1, 2, None), (1, None, 2025), (31, 2, 2025), ("a", 1, 2025)])
def test_a_date_of_three_columns_that_is_none_is_refused(parts):
    with pytest.raises(Unreadable):
        partial_dates.composed(*parts)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("2010-2012", ("2010", "2012")),
        ("2010 – 2012", ("2010", "2012")),
        ("01/2010 - 12/2012", ("2010-01", "2012-12")),
        ("từ 05/01/2010 đến 09/12/2012", ("2010-01-05", "2012-12-09")),
        ("2010", ("2010", "2010")),
        ("2010-04-19", ("2010-04-19", "2010-04-19")),
        (2010.0, ("2010", "2010")),
    ],
)
def test_two_dates_in_one_cell_are_both_read(written, ends):
    assert partial_dates.span(written) == ends


@pytest.mark.parametrize(
    ("cell", "value", "doubt"),
    [
        ("00155", "00155", None),
        (155.0, "155", "zeros_may_be_lost"),
        (155, "155", "zeros_may_be_lost"),
        (155.5, "155.5", "code_with_a_fraction"),
        (1.23456789012346e16, "12345678901234600", "digits_lost"),
        ("1,23E+15", "1,23E+15", "digits_lost"),
        ("Céng hßa x· héi", "Céng hßa x· héi", "old_codes"),
        (" 051/QĐ-UBND ", "051/QĐ-UBND", None),
    ],
)
def test_a_code_is_text_and_says_what_a_spreadsheet_did_to_it(cell, value, doubt):
    read = cells.code(cell)
    assert (read.value, read.doubt) == (value, doubt)


@pytest.mark.parametrize("cell", [date(2025, 2, 1), True, "a\0b", "\ud800"])
def test_what_is_no_code_any_more_is_not_made_one(cell):
    with pytest.raises(Unreadable):
        cells.code(cell)


@pytest.mark.parametrize(
    ("cell", "value"), [(12.0, 12), ("12", 12), ("12 tờ", 12), ("012", 12), ("12.0", 12)]
)
def test_a_count_is_a_whole_number(cell, value):
    assert cells.count(cell).value == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234", 1_234),
        ("1,234 trang", 1_234),
        ("1.200", 1_200),
        ("12.345 tờ", 12_345),
        ("1.000.000", 1_000_000),
        ("1.000,0", 1_000),
        ("1,000.00", 1_000),
        ("12,0", 12),
        ("12.00", 12),
        ("1234.000", 1_234),
        ("0.000", 0),
    ],
)
def test_thousands_in_a_count_are_told_from_a_fraction_by_what_can_be_counted(cell, value):
    assert cells.count(cell).value == value


@pytest.mark.parametrize("cell", ["1.000", "12.000 tờ", "1,000", "950.000"])
def test_what_may_be_thousands_or_a_fraction_of_noughts_is_not_guessed(cell):
    with pytest.raises(Unreadable, match="thousands or none"):
        cells.count(cell)


@pytest.mark.parametrize(
    "cell", ["1.5", "1.2345", "1.000,5", "1.000.00", "1.000.000.000", "1.23,456"]
)
def test_what_is_no_whole_number_in_any_writing_is_no_count(cell):
    with pytest.raises(Unreadable, match="not a count"):
        cells.count(cell)


@pytest.mark.parametrize("cell", [1.5, -1, "khoảng 12", "1-3", True, date(2025, 1, 1)])
def test_what_is_no_count_is_not_made_one(cell):
    with pytest.raises(Unreadable):
        cells.count(cell)


def test_a_code_of_a_list_gets_its_zero_back_for_a_list_has_two_digits():
    assert cells.list_code(1.0).value == "01"
    assert cells.list_code(1.0).doubt is None
    assert cells.list_code("Vĩnh viễn").value == "Vĩnh viễn"


@pytest.mark.parametrize("hostile", [f".{' ' * 60_000}.x", "." * 100_000, f"x{' ' * 100_000}x"])
def test_what_is_far_too_long_for_a_date_is_none_at_once(hostile):
    for read in (partial_dates.read, partial_dates.span):
        with pytest.raises(Unreadable, match="not a date"):
            read(hostile)
