"""What else the head of a document says: superior, place, half dates, urgency, symbol."""

from dataclasses import replace

import pytest

from ocr_assets.extract import describe
from ocr_assets.reading import Box
from tests.unit.ocr_assets.extract.sheets import (
    SIGNATURE,
    STATE,
    STATE_TITLE,
    TEXT,
    body,
    left,
    middle,
    page,
    right,
    values,
    without,
)


def dated(line):
    """Return the decision with another line of place and date."""
    return page(*without(STATE, "Mẫu, ngày"), right(line, 3))


def numbered(text):
    return page(*without(STATE, "Số:"), left(text, 3))


def test_the_agency_above_the_issuer_is_its_superior():
    head = (left("UBND TỈNH KIÊN GIANG", 0), left("SỞ Y TẾ", 1))
    found = describe([page(*head, *STATE[2:])])
    assert values(found, ("superior", "issuer")) == {
        "superior": "UBND TỈNH KIÊN GIANG",
        "issuer": "SỞ Y TẾ",
    }
    assert found["superior"].accepted
    assert found["superior"].box[3] < found["issuer"].box[3]


def test_an_issuer_of_its_own_has_no_superior():
    assert "superior" not in describe([page(*STATE)])


def test_two_levels_above_the_issuer_are_both_named():
    head = (left("BỘ CÔNG THƯƠNG", 0), left("CỤC THUẾ", 1), left("TRƯỜNG CAO ĐẲNG MẪU", 2))
    found = describe([page(*head, *STATE[2:4], left("Số: 5/QĐ-TCĐM", 4), *STATE[5:])])
    assert found["superior"].value == "BỘ CÔNG THƯƠNG; CỤC THUẾ"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Mẫu, ngày 17 tháng 01 năm 2025", "Mẫu"),
        ("Quang Ngài, ngày 17 tháng 01 năm 2025", "Quảng Ngãi"),
        ("TP. Hồ Chi Minh, ngày 17 tháng 01 năm 2025", "TP. Hồ Chí Minh"),
        ("Thành phố Cần Thơ, ngày tháng năm 2025", "Thành phố Cần Thơ"),
        ("Hà Nội, 17/01/2025", "Hà Nội"),
    ],
)
def test_the_place_of_issue_stands_before_the_date(line, place):
    found = describe([dated(line)])
    assert found["place"].value == place
    assert found["place"].box[2] < 0.95
    assert found["place"].page == 1


def test_a_cited_date_names_no_place():
    found = describe([page(*without(STATE, "Mẫu, ngày"))])
    assert "place" not in found


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("Mẫu, ngày 17 tháng 01 năm 2025", "2025-01-17", "day"),
        ("Mẫu, ngày      tháng 4 năm 2025", "2025-04", "month"),
        ("Mẫu, ngày ..... tháng 04 năm 2025", "2025-04", "month"),
        ("Mẫu, tháng 12 năm 2024", "2024-12", "month"),
        ("Mẫu, ngày tháng năm 2025", "2025", "year"),
        ("Mẫu, ngày xw tháng wx năm 2025", "2025", "year"),
        ("Mẫu, năm 2025", "2025", "year"),
    ],
)
def test_a_date_is_kept_as_far_as_it_can_be_read(line, value, precision):
    found = describe([dated(line)])
    assert (found["date"].value, found["date_precision"].value) == (value, precision)
    assert found["date"].accepted is found["date_precision"].accepted is (precision == "day")


@pytest.mark.parametrize("line", ["Mẫu, ngày tháng năm", "Mẫu, ngày tháng 13 năm 1800"])
def test_a_line_without_a_year_gives_no_date_at_all(line):
    found = describe([dated(line)])
    assert not {"date", "date_precision", "natural_key"} & found.keys()


@pytest.mark.parametrize(
    ("line", "number", "notation", "year"),
    [
        ("Số: 04/QĐ-BCĐ138", "04", "QĐ-BCĐ138", "2025"),
        ("Số: 051/QĐ-UBND", "051", "QĐ-UBND", "2025"),
        ("Số: 30/2020/NĐ-CP", "30", "NĐ-CP", "2020"),
        ("Luật số: 33/2024/QH15", "33", "QH15", "2024"),
        ("Số: 01/2025/QĐ-TTg", "01", "QĐ-TTg", "2025"),
        ("Số 29-CT/TU", "29", "CT/TU", "2025"),
        ("Số: 414/BNV-VTLTNN", "414", "BNV-VTLTNN", "2025"),
    ],
)
def test_number_symbol_and_year_are_told_apart_with_leading_noughts(line, number, notation, year):
    found = describe([numbered(line)])
    key = "|".join(("ỦY BAN NHÂN DÂN TỈNH MẪU", number, notation, year))
    assert values(found, ("code_number", "code_notation", "natural_key")) == {
        "code_number": number,
        "code_notation": notation,
        "natural_key": key,
    }
    assert found["code_number"].box == found["number"].box


def test_a_number_with_an_unread_digit_still_has_a_symbol_but_no_key():
    found = describe([numbered("Số: 5x/QĐ-UBND")])
    assert found["number"].value == "5?/QĐ-UBND"
    assert found["code_notation"].value == "QĐ-UBND"
    assert not {"code_number", "natural_key"} & found.keys()


def test_a_natural_key_is_as_doubtful_as_its_weakest_part():
    found = describe([page(*without(STATE, "Số:"), left("Số: 51/QĐ-UBND", 3, 0.7))])
    assert not found["natural_key"].accepted
    assert found["natural_key"].confidence == found["number"].confidence


def test_a_number_on_a_later_page_is_found_and_left_to_a_person():
    first = page(*without(STATE, "Số:", "Nơi nhận", "- ", "CHỦ TỊCH", "Nguyễn"))
    last = page(left("Số: 51/QĐ-UBND", 2), *SIGNATURE, number=2)
    found = describe([first, last])["number"]
    assert (found.value, found.page, found.accepted) == ("51/QĐ-UBND", 2, False)


def test_a_number_that_only_an_attachment_tells_is_found_there():
    annex = page(
        middle("DANH SÁCH", 1),
        middle("(Kèm theo Quyết định số 51/QĐ-UBND ngày 17/01/2025 của UBND tỉnh)", 2),
        *TEXT,
        number=2,
    )
    found = describe([page(*without(STATE, "Số:")), annex])["number"]
    assert (found.value, found.page, found.accepted) == ("51/QĐ-UBND", 2, False)
    assert found.method == "number:enclosure"


def test_a_number_cited_in_the_body_of_a_later_page_is_not_the_documents():
    first = page(*without(STATE, "Số:"))
    cited = page(body("số 158/UBND-KT ngày 02 tháng 3 năm 2004 của Ủy ban nhân dân;", 4), number=2)
    assert "number" not in describe([first, cited])


@pytest.mark.parametrize(
    ("text", "degree"),
    [("HỎA TỐC", "Hỏa tốc"), ("HOẢ TỐC", "Hỏa tốc"), ("THƯỢNG KHẨN", "Thượng khẩn"),
     ("KHẨN", "Khẩn"), ("HỎA TỐC HẸN GIỜ", "Hỏa tốc"), ("Độ khẩn: Khẩn", "Khẩn")],
)  # fmt: skip
def test_a_printed_degree_of_urgency_is_read(text, degree):
    found = describe([page(*STATE, left(text, 5))])["urgency"]
    assert (found.value, found.accepted) == (degree, True)


def test_urgency_in_a_stamps_frame_is_read_with_its_place():
    box = Box(200, 400, 520, 480)
    stamped = replace(page(*STATE), stamps=("MẪU", "HOA TỐC\n"), stamp_boxes=(box, box))
    found = describe([stamped])["urgency"]
    assert (found.value, found.method, found.page) == ("Hỏa tốc", "urgency:frame", 1)
    assert found.box == box.as_fractions(stamped.width, stamped.height)


@pytest.mark.parametrize("text", ["KHÁNH HÒA", "ĐẾN", "PHÒNG KHẨN CẤP", "Độ khẩn: ....."])
def test_other_words_are_no_urgency(text):
    assert "urgency" not in describe([page(*STATE, left(text, 5))])


def test_urgency_spoken_of_in_the_text_is_none():
    assert "urgency" not in describe([page(*STATE, body("Văn bản Hỏa tốc, Khẩn gửi ngay.", 19))])


def test_a_letter_without_a_state_title_still_tells_its_place():
    lines = (right("Mẫu, ngày 17 tháng 01 năm 2025", 3), *STATE_TITLE, *TEXT)
    assert describe([page(*lines)])["place"].value == "Mẫu"


def test_a_title_in_capitals_with_a_year_is_neither_place_nor_date():
    lines = without(STATE, "Mẫu, ngày", "QUYẾT ĐỊNH", "Về việc", "giai đoạn")
    found = describe([page(*lines, middle("KẾ HOẠCH, NĂM 2024", 6))])
    assert not {"place", "date"} & found.keys()
