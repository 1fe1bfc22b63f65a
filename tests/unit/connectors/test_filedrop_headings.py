"""Headers as agencies write them: shifted, split, without marks, in another order, renamed."""

import unicodedata
from pathlib import Path

import pytest

from connectors.errors import ContractBroken
from connectors.filedrop.refusals import FileRefused, Refusal
from tests.support.registers import DOCUMENTS, DOSSIERS, read, write_csv, write_xlsx

FORMS = Path(__file__).parents[3] / "docs" / "forms"
LINE = [1, "051/QĐ-UBND", "19/04/2025", "Về việc THỬ"]


def columns(register):
    [table] = register.tables
    return table.heading.columns


def test_a_header_stands_wherever_it_stands(tmp_path):
    title = [["ỦY BAN THỬ"], [], [None, "MỤC LỤC VĂN BẢN"], ["Năm 2025"]]
    register, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", [*title, DOCUMENTS, LINE]))
    assert row["document_number"] == "051/QĐ-UBND"
    assert row["row_number"] == 6
    assert columns(register) == {0: "ordinal", 1: "document_number", 2: "issued_date", 3: "subject"}


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda heading: unicodedata.normalize("NFD", heading),
        lambda heading: heading.replace(" ", "\n", 1),
        lambda heading: f"  {heading} * ",
        lambda heading: "".join(
            sign
            for sign in unicodedata.normalize("NFD", heading.replace("đ", "d"))
            if not unicodedata.combining(sign)
        ),
    ],
    ids=["capitals", "decomposed", "line break", "blanks", "no marks"],
)
def test_case_marks_and_line_breaks_of_headings_do_not_count(tmp_path, change):
    lines = [[change(heading) for heading in DOCUMENTS], LINE]
    _, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert (row["document_number"], row["issued_date_text"]) == ("051/QĐ-UBND", "2025-04-19")


def test_columns_in_another_order_are_the_same_columns(tmp_path):
    order = [3, 1, 0, 2]
    lines = [[line[place] for place in order] for line in (DOCUMENTS, LINE)]
    _, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert (row["document_number"], row["subject"]) == ("051/QĐ-UBND", "Về việc THỬ")


def test_a_header_over_two_rows_is_read_together(tmp_path):
    upper = ["STT", "Số, ký hiệu", "Ngày, tháng, năm văn bản", None, None, "Trích yếu"]
    lower = [None, None, "Ngày", "Tháng", "Năm", None]
    lines = [upper, lower, [1, "051/QĐ", None, 4, 2025, "THỬ"], [2, "052/QĐ", 9, 4, 2025, "THỬ"]]

    def merge(book):
        for area in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
            book.active.merge_cells(area)

    _, rows, _ = read(write_xlsx(tmp_path / "a.xlsx", lines, change=merge))
    assert [row["issued_date_text"] for row in rows] == ["2025-04", "2025-04-09"]
    assert rows[0]["doubts"] == ["issued_date: date_to_the_month"]
    assert rows[1]["doubts"] is None


def test_a_column_called_day_alone_is_a_whole_date(tmp_path):
    lines = [["STT", "Số ký hiệu", "Ngày", "Trích yếu"], [1, "5/QĐ", "19/04/2025", "THỬ"]]
    _, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert row["issued_date_text"] == "2025-04-19"


def test_unknown_columns_are_kept_and_named_and_missing_ones_told(tmp_path):
    lines = [[*DOCUMENTS, "Người giao"], [*LINE, "THỬ NGƯỜI"]]
    register, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert row["_extra"] == {"E: Người giao": "THỬ NGƯỜI"}
    [table] = register.tables
    assert table.heading.unknown == {4: "Người giao"}
    assert "issuer_name" in table.heading.missing


def test_a_second_column_of_one_name_is_kept_apart(tmp_path):
    lines = [[*DOCUMENTS, "Trích yếu"], [*LINE, "hai"]]
    _, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert (row["subject"], row["_extra"]) == ("Về việc THỬ", {"E: Trích yếu": "hai"})


def test_the_form_is_told_by_its_headings(tmp_path):
    line = [1, "000.00.01.H00.2025.0000155", "THỬ hồ sơ", 1, 30]
    register, [row], _ = read(write_xlsx(tmp_path / "a.xlsx", [DOSSIERS, line]), "dossiers")
    assert register.tables[0].heading.form.name == "dossiers"
    assert (row["maintenance_code"], row["sheet_count"]) == ("01", 30)


def test_an_agencys_own_headings_can_be_declared(tmp_path):
    lines = [["A", "Số CV đi", "Khi nào", "Trích yếu"], LINE]
    declared = tmp_path / "filedrop.toml"
    declared.write_text(
        '[[mapping]]\nagency = "H00.01"\nform = "documents"\n'
        'headings = { document_number = ["Số CV đi"], issued_date = ["khi nao"] }\n',
        encoding="utf-8",
    )
    path = write_csv(tmp_path / "a.csv", lines)
    with pytest.raises(FileRefused) as refused:
        read(path)
    assert refused.value.refusal == Refusal.HEADER_NOT_FOUND
    register, [row], _ = read(path, declared=declared)
    assert (row["document_number"], row["issued_date_text"]) == ("051/QĐ-UBND", "2025-04-19")
    assert set(register.tables[0].heading.matched.values()) == {"declared", "synonym"}


def test_columns_without_a_header_can_be_declared_by_place(tmp_path):
    declared = tmp_path / "filedrop.toml"
    declared.write_text(
        '[[mapping]]\nagency = "*"\nform = "documents"\nfirst_row = 2\n'
        'columns = { B = "document_number", D = "subject" }\n',
        encoding="utf-8",
    )
    path = write_csv(tmp_path / "a.csv", [["x"], LINE])
    _, [row], _ = read(path, declared=declared)
    assert (row["document_number"], row["subject"], row["row_number"]) == (LINE[1], LINE[3], 2)
    assert row["_extra"] == {"A": "1", "C": "19/04/2025"}


@pytest.mark.parametrize(
    "written",
    [
        "not toml",
        '[[mapping]]\nagency = "H00.01"\nform = "letters"',
        '[[mapping]]\nform = "documents"',
        '[[mapping]]\nagency = "*"\nform = "documents"\nheadings = { nothing = ["a"] }',
        '[[mapping]]\nagency = "*"\nform = "documents"\ncolumns = { A = "subject" }',
        '[[mapping]]\nagency = "*"\nform = "documents"\nfirst_row = 1\ncolumns = { 1 = "subject" }',
        '[[mapping]]\nagency = "*"\nform = "documents"\nheadngs = {}',
    ],
)
def test_a_declaration_that_says_nothing_clear_is_refused(tmp_path, written):
    declared = tmp_path / "filedrop.toml"
    declared.write_text(written, encoding="utf-8")
    with pytest.raises(ContractBroken, match=r"filedrop\.toml"):
        read(write_csv(tmp_path / "a.csv", [DOCUMENTS, LINE]), declared=declared)


def test_lines_that_list_nothing_are_set_aside_as_sent_and_the_others_land(tmp_path):
    lines = [
        DOCUMENTS,
        ["(1)", "(2)", "(3)", "(4)"],
        LINE,
        ["I. NĂM 2025"],
        [None, "Tổng cộng: 2 văn bản"],
        DOCUMENTS,
        [2, "052/QĐ-UBND", "20/04/2025", "Về việc", "thừa một ô"],
        [3, "053/QĐ-UBND", "21/04/2025", "Về việc THỬ ba"],
    ]
    register, rows, letters = read(write_csv(tmp_path / "a.csv", lines))
    assert [row["document_number"] for row in rows] == ["051/QĐ-UBND", "053/QĐ-UBND"]
    assert [(one["row_number"], one["reason"].partition(":")[0]) for one in letters] == [
        (4, "neither a number nor a title"),
        (5, "a single cell"),
        (7, "more cells than the header has"),
    ]
    assert "th\\u1eeba m\\u1ed9t \\u00f4" in letters[2]["item"]
    [table] = register.tables
    assert (table.received, table.landed) == (5, 2)
    assert table.passed_over["repeated_headers"] == 2


def test_cells_that_contradict_one_another_are_doubtful(tmp_path):
    header = [*DOCUMENTS, "Mã văn bản", "Mã hồ sơ", "Tên tệp"]
    lines = [
        header,
        [1, "30/2019/QĐ-UBND", "19/04/2025", "THỬ", "H00.7.0000001", "H00.7", r"scan\H00.8.1.pdf"],
        [2, "31/2025/QĐ-UBND", "19/04/2025", "THỬ", "H00.7.0000002", "H00.7", "H00.7.2.pdf"],
    ]
    _, rows, _ = read(write_csv(tmp_path / "a.csv", lines))
    assert rows[0]["doubts"] == [
        "document_number: another year than the dates",
        "file_name: differs from the code",
    ]
    assert rows[1]["doubts"] is None


def test_a_dossier_whose_code_has_the_wrong_year_or_that_names_no_paper_is_doubtful(tmp_path):
    header = ["Mã hồ sơ", "Tiêu đề hồ sơ", "Thời gian", "Mức độ tin cậy", "Mã hồ sơ giấy gốc"]
    lines = [
        header,
        ["000.H00.2025.0000001", "THỬ", "2010-2012", "02", None],
        ["000.H00.2013.0000002", "THỬ", "2010-2012", "02", "12-2010"],
        ["000.H00.2012.0000003", "THỬ", "2012-2010", "01", None],
    ]
    _, rows, _ = read(write_csv(tmp_path / "a.csv", lines), "dossiers")
    assert [row["doubts"] for row in rows] == [
        [
            "dossier_code: another year than the dates",
            "end_date: date_to_the_year",
            "paper_file_code: missing though digitised",
            "start_date: date_to_the_year",
        ],
        ["end_date: date_to_the_year", "start_date: date_to_the_year"],
        [
            "end_date: before the start",
            "end_date: date_to_the_year",
            "start_date: date_to_the_year",
        ],
    ]
    assert (rows[0]["start_date_text"], rows[0]["end_date_text"]) == ("2010", "2012")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Độ mật", "Mật"),
        ("Độ mật", "TỐI MẬT"),
        ("Độ mật", "x"),
        ("Chế độ sử dụng", "03"),
        ("Chế độ sử dụng", "Mật"),
        ("Chế độ sử dụng", "03 - Mật"),
        ("Chế độ sử dụng", "Tài liệu Mật"),
    ],
)
def test_a_register_that_lists_a_state_secret_is_not_taken(tmp_path, heading, cell):
    lines = [[*DOCUMENTS, heading], [*LINE, None], [*LINE, cell]]
    with pytest.raises(FileRefused, match="row 3") as refused:
        read(write_csv(tmp_path / "a.csv", lines))
    assert refused.value.refusal == Refusal.STATE_SECRET


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Độ mật", "Thường"),
        ("Độ mật", "Không"),
        ("Độ mật", "Không có"),
        ("Độ mật", "Không có độ mật"),
        ("Độ mật", "Không mật"),
        ("Độ mật", "-"),
        ("Độ mật", "0"),
        ("Độ mật", "0.0"),
        ("Độ mật", "00"),
        ("Chế độ sử dụng", "01"),
        ("Chế độ sử dụng", "01 - Công khai, không mật"),
    ],
)
def test_a_degree_that_says_there_is_none_is_no_secret(tmp_path, heading, cell):
    _, rows, _ = read(write_csv(tmp_path / "a.csv", [[*DOCUMENTS, heading], [*LINE, cell]]))
    assert len(rows) == 1


@pytest.mark.parametrize("cell", ["MẬT", "Tối mật", " TUYỆT  MẬT ", "Độ mật: Mật", "(MẬT)"])
def test_a_degree_above_the_header_is_that_of_the_register(tmp_path, cell):
    lines = [["ỦY BAN THỬ", None, cell], [], DOCUMENTS, LINE]
    with pytest.raises(FileRefused, match="row 1") as refused:
        read(write_csv(tmp_path / "a.csv", lines))
    assert refused.value.refusal == Refusal.STATE_SECRET
    path = write_xlsx(tmp_path / "a.xlsx", [[*DOCUMENTS], LINE])

    def change(book):
        book.create_sheet("bìa").append([None, cell])

    with pytest.raises(FileRefused) as refused:
        read(write_xlsx(path, [DOCUMENTS, LINE], change=change))
    assert refused.value.refusal == Refusal.STATE_SECRET


@pytest.mark.parametrize("cell", ["Không mật", "Độ mật: Không", "Mất", "MẶT", "Mật ong", "Độ mật"])
def test_what_is_no_degree_above_a_header_refuses_nothing(tmp_path, cell):
    _, rows, _ = read(write_csv(tmp_path / "a.csv", [[cell], DOCUMENTS, LINE]))
    assert len(rows) == 1


@pytest.mark.parametrize("cell", [0, 0.0, False])
def test_a_nought_in_a_workbook_is_no_degree(tmp_path, cell):
    lines = [[*DOCUMENTS, "Độ mật"], [*LINE, cell]]
    _, rows, _ = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert len(rows) == 1


@pytest.mark.parametrize("cell", [1, 3.0, True, "Không rõ", "10", "Có", "Không thường", "0 mật"])
def test_a_degree_that_nobody_agreed_on_is_taken_for_one(tmp_path, cell):
    lines = [[*DOCUMENTS, "Độ mật"], [*LINE, cell]]
    with pytest.raises(FileRefused) as refused:
        read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert refused.value.refusal == Refusal.STATE_SECRET


@pytest.mark.parametrize("form", ["dossiers", "documents"])
def test_the_sample_form_is_understood_to_the_letter_and_beyond_doubt(form):
    register, [row], letters = read(FORMS / f"{form}.csv", form)
    [table] = register.tables
    assert set(table.heading.matched.values()) == {"exact"}
    assert not table.heading.unknown
    assert not letters
    assert row["doubts"] is None


def shifted(count, dates=0):
    lines = [[n, f"{n}/QĐ", "Về việc THỬ", "19/04/2025"] for n in range(count)]
    return [DOCUMENTS, *lines, *([n, f"{n}/QĐ", "19/04/2025", "T"] for n in range(dates))]


def test_a_header_that_stands_over_other_cells_is_not_believed(tmp_path):
    with pytest.raises(FileRefused, match="issued_date") as refused:
        read(write_csv(tmp_path / "a.csv", shifted(5, dates=1)))
    assert refused.value.refusal == Refusal.COLUMNS_SHIFTED
    for few in (shifted(4), shifted(7, dates=2)):
        _, rows, _ = read(write_csv(tmp_path / "b.csv", few))
        assert len(rows) == len(few) - 1


ABOVE = "Người lập: Nguyễn Văn THỬ"


@pytest.mark.parametrize(
    ("above", "header"),
    [
        ([ABOVE], [*DOCUMENTS, "Người giao", "Nơi giao"]),
        ([ABOVE, None, None, None, "Ghi chú"], [*DOCUMENTS, None, "Người giao"]),
        ([None, None, None, None, "Ghi chú", ABOVE], [*DOCUMENTS, None, "Người giao"]),
        ([None, None, None, None, "Ghi chú", ABOVE], [*DOCUMENTS, None, None]),
        ([], [*DOCUMENTS, None, f"Ý kiến. {ABOVE}"]),
    ],
    ids=["over all", "beside a heading", "over an unknown one", "over nothing", "in the header"],
)
def test_what_stands_above_a_header_is_no_part_of_its_headings(tmp_path, above, header):
    lines = [above, header, [*LINE, "có", "x"]]
    register, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    [table] = register.tables
    assert (row["document_number"], row["subject"]) == (LINE[1], LINE[3])
    told = [*table.heading.titles.values(), *table.heading.unknown.values(), *row["_extra"]]
    assert "THỬ" not in " ".join(told)


def test_a_line_below_the_header_gives_it_no_heading(tmp_path):
    below = [None, None, None, "Tác giả", "Nguyễn Văn THỬ"]
    header = ["STT", "Số, ký hiệu", "Trích yếu", "Nơi", "Người giao"]
    register, _, _ = read(write_csv(tmp_path / "a.csv", [header, below, [1, "5/QĐ", "T", "x"]]))
    assert "THỬ" not in " ".join(register.tables[0].heading.titles.values())


def test_an_unknown_heading_over_two_rows_is_told_where_most_of_both_rows_is_known(tmp_path):
    upper = ["STT", "Số, ký hiệu", "Ngày tháng văn bản", None, None, "Trích yếu", "Giao nhận", None]
    lower = [None, None, "Ngày", "Tháng", "Năm", None, "Ngày giao", None]
    lines = [upper, lower, [1, "051/QĐ", 9, 4, 2025, "THỬ", "hôm nay"]]
    register, [row], _ = read(write_csv(tmp_path / "a.csv", lines))
    assert register.tables[0].heading.unknown == {6: "Giao nhận Ngày giao"}
    assert row["issued_date_text"] == "2025-04-09"
