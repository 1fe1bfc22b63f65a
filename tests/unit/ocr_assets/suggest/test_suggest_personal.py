"""Personal data is seen by form and by the words beside it; what only looks alike is left alone."""

import pytest

from ocr_assets.suggest.personal import personal_data
from ocr_assets.suggest.sheet import Sheet
from tests.unit.ocr_assets.extract.sheets import body, left, line, page

GOOD, PLAIN = "001085012345", "999999012345"  # well made, and with no such province


def found(*lines):
    sheet = Sheet.of([page(*lines)], {})
    return {one.value: one.count for one in personal_data(sheet)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Ông Nguyễn Văn Mẫu, số CCCD: {GOOD} cấp ngày 01/01/2022", "id_number"),
        (f"Căn cước công dân số {PLAIN} do Cục Cảnh sát cấp", "id_number"),
        ("Số định danh cá nhân: 001 085 012 345", "id_number"),
        (f"Bà Trần Thị Mẫu {GOOD} thường trú tại xã Mẫu", "id_number"),
        ("CMND số 012345678 do Công an thành phố cấp", "old_id_number"),
        ("Giấy chứng minh nhân dân: 012 345 678", "old_id_number"),
        ("Số điện thoại liên hệ: 0912.345.678", "phone"),
        ("ĐT: 0987 654 321 (gặp ông Mẫu)", "phone"),
        ("Số tài khoản: 1903 6789 0123 45 tại Ngân hàng Mẫu", "bank_account"),
        ("chuyển vào STK 0011004123456 mở tại chi nhánh", "bank_account"),
    ],
)
def test_a_number_of_a_person_is_seen(text, kind):
    assert found(body(text, 5)) == {kind: 1}


@pytest.mark.parametrize(
    "text",
    [
        "Số: 155/KH-UBND ngày 19 tháng 02 năm 2024",
        "Tổng mức đầu tư 123.456.789.000 đồng, trong đó 001.085.012 đồng",
        "Mã số thuế: 0312345678 do Cục Thuế cấp",
        "MST 0912345678-001 của chi nhánh",
        "Điện thoại: 024.38253536; Fax: 024.38253537",
        "giai đoạn 2019 2020 2021 của thành phố",
        "Số tài khoản 3714.0.1054321.00000 tại Kho bạc Nhà nước Mẫu",
        "Mã hồ sơ 000160026240112 nộp ngày 12/01/2024",
        f"Tọa độ {PLAIN} của mốc giới",
        "Hóa đơn số 00123456 ngày 02/3/2024",
        "012345678 mét vuông đất",
        "rút từ tài khoản 5.000.000 đồng đến 10.000.000 đồng",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert found(body(text, 5)) == {}


def test_the_head_of_a_column_says_what_is_in_it():
    head = (line("Họ và tên", 0.3, 3), line("Số CMND", 0.6, 3), line("Mã số thuế", 0.85, 3))
    rows = [
        part
        for row in (4, 5)
        for part in (
            line("Nguyễn Văn Mẫu", 0.3, row),
            line("012345678", 0.6, row),
            line("8012345678", 0.85, row),
        )
    ]
    assert found(*head, *rows) == {"old_id_number": 2}


def test_a_word_at_the_end_of_the_line_above_counts_for_the_number_that_begins_the_next():
    above = body("Người đại diện: ông Nguyễn Văn Mẫu, thẻ căn cước công dân số", 5)
    assert found(above, body(f"{PLAIN} cấp ngày 01/01/2022", 6)) == {"id_number": 1}


def test_kind_page_place_and_count_are_told_and_no_value():
    number = f"Số CCCD: {GOOD}"
    sheet = Sheet.of([page(body("Trang đầu", 5)), page(body(number, 7), number=2)], {})
    [one] = personal_data(sheet)
    assert (one.value, one.page, one.count, one.score) == ("id_number", 2, 1, 0.95)
    [(left_, top, right, bottom)] = one.boxes
    assert 0 < left_ < right < 1
    assert 0 < top < bottom < 1
    assert GOOD not in repr(one)


CARD = (
    left("CĂN CƯỚC CÔNG DÂN", 10),
    left("Citizen Identity Card", 11),
    left("Số / No.: 001085012345", 12),
    left("Họ và tên / Full name:", 13),
    left("NGUYỄN VĂN MẪU", 14),
    left("Ngày sinh / Date of birth: 01/01/1985", 15),
    left("Giới tính / Sex: Nam Quốc tịch: Việt Nam", 16),
)


def test_a_card_copied_onto_a_page_is_seen_with_its_place():
    sheet = Sheet.of([page(*CARD)], {})
    card = next(one for one in personal_data(sheet) if one.value == "id_card")
    [(left_, top, right, bottom)] = card.boxes
    assert right - left_ < 0.5
    assert 0.2 < top < bottom < 0.5


def test_a_form_that_asks_for_the_same_things_is_no_card():
    form = (
        line("TỜ KHAI CĂN CƯỚC CÔNG DÂN", 0.5, 2),
        body("1. Họ và tên: ........................................................", 5),
        body("2. Ngày sinh: ....../....../........ 3. Giới tính: .................", 9),
        body("4. Quê quán: .........................................................", 13),
        body("5. Nơi thường trú: ...................................................", 17),
    )
    assert found(*form) == {}


def test_a_sentence_about_cards_is_no_card():
    assert (
        found(body("cấp thẻ căn cước công dân cho người từ 14 tuổi, ngày sinh, quê quán", 4)) == {}
    )


def test_the_machine_readable_line_of_a_card_is_enough():
    assert found(left("IDVNM0850123450001085012345<<8", 12)).keys() >= {"id_card"}
