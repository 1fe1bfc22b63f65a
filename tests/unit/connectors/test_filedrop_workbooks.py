"""Workbooks as offices keep them, and those that would hurt who opens them."""

import shutil
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from connectors import zip_parts
from connectors.filedrop import workbook
from connectors.filedrop.deaths import ReaderFailed
from connectors.filedrop.lines import Lines
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.sheet import Sheet
from tests.support.old_codes import tcvn3
from tests.support.registers import DOCUMENTS, DOSSIERS, read, write_xlsx

LINE = [1, "051/QĐ-UBND", date(2025, 4, 19), "Về việc THỬ"]
OLD = Path(__file__).parent / "filedrop" / "old_workbook_1904.xls"  # written with xlwt 1.3


def refusal(path):
    with pytest.raises(FileRefused) as refused:
        read(path)
    return refused.value.refusal


def test_numbers_and_dates_of_cells_are_what_they_are(tmp_path):
    lines = [DOCUMENTS, [1, 155, date(2025, 4, 19), "THỬ"], [2, "00155", 45766, 2024]]
    _, rows, _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert [row["document_number"] for row in rows] == ["155", "00155"]
    assert rows[0]["doubts"] == ["document_number: zeros_may_be_lost"]
    assert rows[0]["issued_date_text"] == "2025-04-19"
    assert rows[1]["doubts"] == ["issued_date: a number without the form of a date"]
    assert (rows[1]["issued_date_text"], rows[1]["_extra"]) == (None, {"issued_date": 45766.0})
    assert rows[1]["subject"] == "2024"


def test_a_code_that_was_turned_into_a_date_is_kept_as_it_came_and_told(tmp_path):
    lines = [DOCUMENTS, [1, date(2025, 2, 1), date(2025, 4, 19), "THỬ"]]
    _, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert (row["document_number"], row["_extra"]) == (None, {"document_number": "2025-02-01"})
    assert row["doubts"] == ["document_number: a code that was turned into a date"]
    nameless = [DOCUMENTS, [1, date(2025, 2, 1), date(2025, 4, 19), None]]
    _, rows, [letter] = read(write_xlsx(tmp_path / "b.xlsx", nameless))
    assert not rows
    assert letter["reason"] == "what names it cannot be read"
    assert "2025-02-01" in letter["item"]


def test_days_are_counted_from_1904_where_the_workbook_does(tmp_path):
    def change(book):
        book.epoch = CALENDAR_MAC_1904

    _, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE], change=change))
    assert row["issued_date_text"] == "2025-04-19"


def test_an_old_workbook_is_read_like_a_new_one():
    register, rows, _ = read(OLD)
    assert register.how["format"] == "xls"
    assert [row["issued_date_text"] for row in rows] == ["2025-04-19", "2025-04-20"]
    assert [row["document_number"] for row in rows] == ["051/QĐ-THỬ", "52"]
    assert [row["row_number"] for row in rows] == [3, 4]


def test_a_register_may_begin_in_any_column(tmp_path):
    lines = [[], [], *([None, None, *line] for line in (DOCUMENTS, LINE))]
    register, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert (row["row_number"], row["document_number"]) == (4, LINE[1])
    assert register.tables[0].heading.columns[3] == "document_number"


def test_hidden_sheets_are_left_and_counted_and_several_sheets_are_read(tmp_path):
    def change(book):
        for title, line in (("hai", [2, "052/QĐ", None, "THỬ"]), ("ẩn", [3, "053/QĐ", None, "x"])):
            sheet = book.create_sheet(title)
            sheet.append(DOCUMENTS)
            sheet.append(line)
        book["ẩn"].sheet_state = "hidden"
        dossiers = book.create_sheet("hồ sơ")
        dossiers.append(DOSSIERS)
        dossiers.append([1, "H00.1", "THỬ", "01", 5])
        book.create_sheet("ghi chú").append(["Liên hệ văn thư"])
        book.create_sheet("trống")

    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE], change=change)
    register, rows, _ = read(path)
    assert [row["document_number"] for row in rows] == ["051/QĐ-UBND", "052/QĐ"]
    assert [row["sheet_number"] for row in rows] == [1, 2]
    assert (register.hidden_sheets, register.unread_sheets) == (1, (5,))
    assert [row["dossier_code"] for row in register.rows("dossiers")] == ["H00.1"]


def test_a_state_secret_on_a_hidden_sheet_refuses_the_file(tmp_path):
    def change(book):
        sheet = book.create_sheet("ẩn")
        sheet.append([*DOCUMENTS, "Mức độ mật"])
        sheet.append([2, "052/QĐ", None, "THỬ", "Mật"])
        sheet.sheet_state = "hidden"

    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE], change=change)
    assert refusal(path) == Refusal.STATE_SECRET


def test_a_cell_merged_over_lines_is_said_of_each_of_them(tmp_path):
    header = ["Mã hồ sơ", *DOCUMENTS]
    lines = [
        header,
        ["H00.7", *LINE],
        [None, 2, "052/QĐ", None, "THỬ"],
        [None, 3, "3/QĐ", None, "x"],
    ]
    path = write_xlsx(
        tmp_path / "a.xlsx", lines, change=lambda book: book.active.merge_cells("A2:A3")
    )
    register, rows, _ = read(path)
    assert [row["dossier_code"] for row in rows] == ["H00.7", "H00.7", None]
    assert register.tables[0].passed_over["filled_from_merged"] == 1


def test_merged_areas_over_one_another_do_not_take_the_square_of_their_number():
    many = 4_000
    sheet = Sheet(
        number=1,
        name="",
        head=(),
        lines=lambda: ((number, ["x", "y", "z"]) for number in range(1, many)),
        merged=tuple((first, 1_000_000, 0, 0) for first in range(2, many)),
    )
    header = SimpleNamespace(titles={0: "a"}, last_row=1)
    began = time.process_time()
    assert sum(1 for _ in Lines(sheet, header)) == many - 2
    assert time.process_time() - began < 1


def test_merged_areas_without_end_stay_in_the_process_that_reads(tmp_path):
    def merged(areas, name):
        listed = b"".join(b'<mergeCell ref="%b"/>' % area for area in areas)
        path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
        end = b"</sheetData>"
        _rewrite(path, tmp_path / name, end, end + b"<mergeCells>" + listed + b"</mergeCells>")
        return tmp_path / name

    many = range(10, 100_012)
    assert refusal(merged((b"A%d:A%d" % (n, n + 1) for n in many), "b.xlsx")) == Refusal.EXPANDS
    # Areas within a line fill nothing, and cost nobody anything.
    _, rows, _ = read(merged((b"A%d:B%d" % (n, n) for n in many), "c.xlsx"))
    assert len(rows) == 1


def test_of_a_formula_the_value_it_had_is_read(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, [1, "=1+1", None, "THỬ"], LINE])
    with_value = tmp_path / "b.xlsx"
    _rewrite(path, with_value, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>77</v>")
    _, rows, _ = read(with_value)
    assert rows[0]["document_number"] == "77"


def _rewrite(source, target, old, new):
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            if part.endswith("sheet1.xml"):
                assert old in content or old.replace(b"<v></v>", b"<v />") in content
                content = content.replace(old, new).replace(old.replace(b"<v></v>", b"<v />"), new)
            after.writestr(part, content)


def test_letters_in_old_codes_are_turned_back_in_a_workbook_too(tmp_path):
    lines = [[tcvn3(str(cell).lower()) for cell in line] for line in (DOCUMENTS, LINE)]
    register, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert row["subject"] == "về việc thử"
    assert register.how["letters of sheet 1"] == "tcvn3"


def test_unicode_among_old_codes_stays_and_is_told(tmp_path):
    lines = [[tcvn3(str(cell).lower()) for cell in line] for line in (DOCUMENTS, LINE)]
    lines.append([2, tcvn3("052/qđ"), "20/04/2025", "Đã viết mới"])
    _, rows, _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert [row["subject"] for row in rows] == ["về việc thử", "Đã viết mới"]
    assert [row["doubts"] for row in rows] == [None, ["subject: letters_mixed"]]


def test_many_empty_formatted_lines_are_no_lines(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 100_003))
    _rewrite(path, tmp_path / "b.xlsx", b"</sheetData>", empty + b"</sheetData>")
    register, rows, _ = read(tmp_path / "b.xlsx")
    assert (len(rows), register.tables[0].received) == (1, 1)


def test_a_sheet_from_its_first_to_its_last_cell_ends_another_process_than_ours(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "z"
    book.save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == Refusal.EXPANDS


def test_one_text_in_very_many_cells_of_a_line_stays_in_the_process_that_reads(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE, ["x" * 30_000] * 100])
    assert path.stat().st_size < 1 << 16
    assert refusal(path) == Refusal.EXPANDS


def test_a_package_that_unpacks_to_more_than_the_limit_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 4 << 20)
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/1.bin", bytes(4 << 20))
    assert path.stat().st_size < 1 << 16
    assert refusal(path) == Refusal.EXPANDS


def test_macros_are_not_taken_whatever_the_name_says(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"TEST")
    assert refusal(path) == Refusal.MACROS


def test_an_encrypted_workbook_asks_for_one_without_a_password(tmp_path):
    path = tmp_path / "a.xlsx"
    head = OLD.read_bytes()[:512]
    path.write_bytes(head + "EncryptedPackage".encode("utf-16-le").ljust(1024, b"\0"))
    assert refusal(path) == Refusal.PASSWORD


def test_an_old_workbook_with_a_password_asks_for_one_without(tmp_path):
    content = bytearray(OLD.read_bytes())
    second_record = 512 + 4 + int.from_bytes(content[514:516], "little")
    content[second_record : second_record + 2] = (0x2F).to_bytes(2, "little")  # FILEPASS
    (tmp_path / "a.xls").write_bytes(content)
    assert refusal(tmp_path / "a.xls") == Refusal.PASSWORD


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_workbook_that_was_cut_off_is_damaged(tmp_path, share):
    for source in (OLD, write_xlsx(tmp_path / "whole.xlsx", [DOCUMENTS, LINE])):
        content = source.read_bytes()
        path = tmp_path / f"a{source.suffix}"
        path.write_bytes(content[: int(len(content) * share)])
        assert refusal(path) == Refusal.DAMAGED


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert refusal(path) == Refusal.FORMAT_UNKNOWN


def test_a_workbook_is_known_by_its_bytes_not_by_its_name(tmp_path):
    path = tmp_path / "a.csv"
    shutil.copy(write_xlsx(tmp_path / "b.xlsx", [DOCUMENTS, LINE]), path)
    register, [row], _ = read(path)
    assert (register.how["format"], row["document_number"]) == ("xlsx", LINE[1])


def test_a_workbook_with_nothing_in_it_is_empty(tmp_path):
    assert refusal(write_xlsx(tmp_path / "a.xlsx", [])) == Refusal.EMPTY


@pytest.mark.parametrize("number", [b"NaN", b"inf", b"-1e400"])
def test_a_number_that_is_none_costs_its_cell_and_no_file(tmp_path, number):
    lines = [DOCUMENTS, [1, "051/QĐ-UBND", 77001, "THỬ"], LINE]
    path = write_xlsx(tmp_path / "a.xlsx", lines)
    _rewrite(path, tmp_path / "b.xlsx", b"<v>77001</v>", b"<v>" + number + b"</v>")
    _, rows, _ = read(tmp_path / "b.xlsx")
    assert [row["issued_date_text"] for row in rows] == [None, "2025-04-19"]
    assert rows[0]["doubts"] == ["issued_date: not a date"]
    assert rows[0]["_extra"] == {"issued_date": "#NUM!"}


def test_a_directory_of_very_many_parts_ends_another_process_than_ours(tmp_path, monkeypatch):
    monkeypatch.setattr(zip_parts, "MOST_PARTS", 1_000)
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    with zipfile.ZipFile(path, "a") as package:
        for number in range(2_000):
            package.writestr(f"xl/media/{number}.bin", b"")
    assert refusal(path) == Refusal.EXPANDS


@pytest.fixture
def reader(monkeypatch, tmp_path):
    def reader(does):
        script = tmp_path / "reader.py"
        script.write_text(f"import os, signal, sys\n{does}\n", encoding="utf-8")
        monkeypatch.setattr(workbook, "READER", script)

    return reader


@pytest.mark.parametrize(
    "does",
    ["import what_is_not_installed", "sys.exit(3)", "os.kill(os.getpid(), signal.SIGKILL)", "pass"],
)
def test_a_reader_that_fails_for_reasons_of_its_own_is_no_fault_of_the_file(tmp_path, reader, does):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    reader(does)
    with pytest.raises(ReaderFailed):
        read(path)


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("signal.raise_signal(signal.SIGXCPU)", Refusal.EXPANDS),
        ("os.abort()", Refusal.EXPANDS),
        ("signal.raise_signal(signal.SIGSEGV)", Refusal.DAMAGED),
    ],
)
def test_a_reader_that_a_file_has_killed_is_told_by_how_it_died(tmp_path, reader, does, why):
    path = write_xlsx(tmp_path / "a.xlsx", [DOCUMENTS, LINE])
    reader(f"import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n{does}")
    assert refusal(path) == why


@pytest.mark.parametrize(
    ("raised", "why"), [("MemoryError()", "expands"), ("PanicException('x')", "damaged")]
)
def test_what_a_parser_raises_at_a_hostile_file_is_told_as_a_refusal(raised, why):
    script = (
        f"import sys, runpy; sys.argv = ['x', 'a.xlsx', '-1', '60']\n"
        f"class PanicException(BaseException): pass\n"
        f"import python_calamine as c\n"
        f"class Book:\n"
        f"    from_path = staticmethod(lambda path: (_ for _ in ()).throw({raised}))\n"
        f"c.CalamineWorkbook = Book\n"
        f"runpy.run_path({str(workbook.READER)!r}, run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert f'"refused": "{why}"' in done.stdout
    assert done.returncode == 0
