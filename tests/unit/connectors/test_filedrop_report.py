"""What an agency is told of its file: every column and reason, and no value of anybody."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from connectors.filedrop import page
from connectors.filedrop.date_signs import EXCHANGED, FILLED_UP
from connectors.filedrop.refusals import REMEDIES, FileRefused, Refusal
from connectors.filedrop.report import Delivered, counts_of, refusal_of, report_of
from tests.support.registers import DOCUMENTS, read, write_csv, write_xlsx

ROOM = Path(page.__file__).parent
PERSON = "Nguyễn Văn THỬ"
LINES = [
    [*DOCUMENTS, "Người giao"],
    [1, 155, "04/2025", f"Về việc {PERSON}", PERSON],
    [2, "052/QĐ-THỬ", "hôm qua", f"Về việc {PERSON}", PERSON],
    [None, None, None, None, PERSON],
]


def delivered(path):
    return Delivered(path.name, "ab" * 32, path.stat().st_size, "H00.01")


@pytest.fixture
def told(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", LINES)
    register, _, _ = read(path)
    return report_of(delivered(path), register)


def test_the_report_says_how_each_column_was_understood_and_what_was_not(told):
    [table] = told["tables"]
    assert table["columns"][1] == {
        "column": "B",
        "heading": "Số, ký hiệu văn bản",
        "name": "document_number",
        "matched": "exact",
    }
    assert table["unknown"] == [{"column": "E", "heading": "Người giao"}]
    assert "issuer_name" in table["missing"]
    assert (table["received"], table["landed"]) == (3, 2)
    assert [(one["count"], one["rows"]) for one in table["set_aside"]] == [(1, [4])]
    doubts = {(one["column"], one["what"]): one["rows"] for one in table["doubts"]}
    assert doubts == {
        ("document_number", "zeros_may_be_lost"): [2],
        ("issued_date", "date_to_the_month"): [2],
        ("issued_date", "not a date"): [3],
    }
    assert counts_of(told)["documents landed"] == 2


def test_nothing_of_a_cell_is_in_any_form_of_the_report(told):
    for form in (json.dumps(told, ensure_ascii=False), page.page(told), page.text(told)):
        for value in (PERSON, "THỬ", "hôm qua", "155", "052"):
            assert value not in form
    assert "Nguyễn" not in json.dumps(counts_of(told), ensure_ascii=False)


def test_the_page_speaks_to_the_agency(told):
    for shown in (page.page(told), page.text(told)):
        assert "Người giao" in shown
        assert "các số 0 ở đầu có thể đã mất" in shown
        assert "Số, ký hiệu văn bản" in shown
        assert "None" not in shown


def test_a_heading_cannot_put_anything_into_the_page(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", [[*DOCUMENTS, "<script>x</script>"], [1, "5/QĐ", "2025", "T"]]
    )
    register, _, _ = read(path)
    assert "<script>x" not in page.page(report_of(delivered(path), register))


def test_columns_that_changed_since_the_last_delivery_are_told(tmp_path):
    first = write_csv(tmp_path / "a.csv", [[*DOCUMENTS, "Ghi chú"], [1, "5/QĐ", "2025", "T", "x"]])
    register, _, _ = read(first)
    earlier = report_of(delivered(first), register)
    assert report_of(delivered(first), register, earlier)["tables"][0]["drift"] is None
    order = ["STT", "Trích yếu nội dung", "Số, ký hiệu văn bản", "Ngày văn bản", "Tác giả"]
    second = write_csv(tmp_path / "b.csv", [order, [1, "T", "5/QĐ", "2025", "UBND THỬ"]])
    register, _, _ = read(second)
    now = report_of(delivered(second), register, earlier)
    drift = now["tables"][0]["drift"]
    assert drift == {"gone": ["description"], "new": ["issuer_name"], "moved": True}
    assert "các cột đã đổi chỗ" in page.page(now)


def test_days_that_are_nearly_all_the_first_are_told_as_filled_up(tmp_path):
    def found(days):
        lines = [[n, f"{n}/QĐ", f"{day:02}/04/2025", "T"] for n, day in enumerate(days)]
        path = write_csv(tmp_path / "a.csv", [DOCUMENTS, *lines])
        register, _, _ = read(path)
        doubts = report_of(delivered(path), register)["tables"][0]["doubts"]
        return [one["count"] for one in doubts if "first of a month" in one["what"]]

    assert found([1] * 9 + [7]) == [9]
    assert found([1] * 7 + [7] * 3) == []
    assert found([1] * 9) == []


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_says_what_to_do_to_us_and_to_the_agency(tmp_path, refusal):
    report = refusal_of(Delivered("a.csv", "ab" * 32, 0, "H00.01"), FileRefused(refusal, "line 3"))
    assert REMEDIES[refusal] in str(FileRefused(refusal))
    assert page.words()["refusals"][refusal] in page.page(report)
    assert "line 3" in page.text(report)


def test_a_register_with_a_state_secret_is_told_by_its_digest_alone():
    file = Delivered(f"{PERSON}.csv", "ab" * 32, 0, "H00.01")
    report = refusal_of(file, FileRefused(Refusal.STATE_SECRET, "row 3"))
    for form in (json.dumps(report, ensure_ascii=False), page.page(report), page.text(report)):
        assert PERSON not in form
        assert "ab" * 6 in form
    assert "(abababababab)" in page.text(report)


def test_every_reason_there_is_can_be_said_to_an_agency():
    source = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    unreadable = set(re.findall(r'Unreadable\("([^"]+)"\)', source))
    unreadable |= {FILLED_UP, EXCHANGED}
    unreadable |= set(re.findall(r'"(day and month may be exchanged|no such month)"', source))
    facts = set(re.findall(r'yield f?"[^:"]+: ([^"]+)"', source))
    doubts = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', (ROOM / "cells.py").read_text()))
    doubts = doubts - {"list_code"} | {"letters_mixed"}
    assert len(unreadable) > 10
    assert len(facts) > 3
    assert unreadable | facts | doubts <= set(page.words()["doubts"])
    reasons = set(re.findall(r'(?:return|number,|reason =) "([a-z][^"]{20,})"', source))
    assert len(reasons) > 3
    assert reasons <= set(page.words()["reasons"])


def test_days_that_a_spreadsheet_took_for_months_are_told(tmp_path):
    def found(cells):
        lines = [[n, f"{n}/QĐ", cell, "T"] for n, cell in enumerate(cells)]
        path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, *lines])
        register, _, _ = read(path)
        doubts = report_of(delivered(path), register)["tables"][0]["doubts"]
        return [one["count"] for one in doubts if "exchanged" in one["what"]]

    early = [date(2025, month, day) for month, day in ((3, 4), (5, 6), (7, 8), (9, 10), (11, 12))]
    late = [f"{day}/04/2025" for day in (13, 19, 22, 25, 30)]
    assert found(early + late) == [5]
    assert found([*early, *late, "03/04/2025"]) == []
    assert found([*early, *late, date(2025, 4, 19)]) == []
    assert found(early) == []
