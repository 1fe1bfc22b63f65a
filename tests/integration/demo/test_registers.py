"""The registers of the sample city are read as far as they can be, and their faults are told."""

import pytest

from connectors.filedrop.mapping import read_mappings
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import read_register


@pytest.fixture(scope="module")
def read(sample_city):
    def read(name):
        path = sample_city.drop / name
        register = read_register(path, path.parent.name, read_mappings())
        [table] = register.tables
        return register, list(table), table

    return read


def test_a_register_by_hand_has_lost_zeros_and_days_and_has_a_line_that_lists_nothing(read):
    _, rows, table = read("H26.18/muc-luc-van-ban.csv")
    assert table.heading.header_rows == (3, 4)
    assert "issued_date: date_to_the_month" in table.doubts
    assert sum(table.reasons.values()) == 1
    assert len(rows) > 10
    assert all(row["code_number"] and row["issued_date_text"] for row in rows)
    _, dossiers, told = read("H26.18/muc-luc-ho-so.csv")
    assert told.doubts["paper_file_code: missing though digitised"] == len(dossiers)
    assert told.doubts["dossier_code: another year than the dates"] == len(dossiers)


def test_registers_in_other_codes_orders_and_headings_are_read_all_the_same(read):
    register, rows, table = read("H26.83/danh-sach.txt")
    assert register.how == {"format": "csv", "encoding": "utf-16", "delimiter": "tab"}
    assert set(table.heading.unknown.values()) == {"Nguoi giao"}
    assert {len(row["issued_date_text"]) for row in rows} == {10}
    register, rows, table = read("H26.91.05/muc luc.csv")
    assert register.how["encoding"] == "windows-1258"
    assert {len(row["issued_date_text"]) for row in rows} == {7}
    assert not table.reasons


def test_a_web_page_under_a_workbooks_name_is_refused(read):
    with pytest.raises(FileRefused) as refused:
        read("H26.91.05/muc luc cu.xls")
    assert refused.value.refusal == Refusal.HTML_INSIDE
