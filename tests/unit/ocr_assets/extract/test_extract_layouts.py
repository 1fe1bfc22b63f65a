"""Each kind of letterhead is read by its own rules, and the right rules win."""

import pytest

from ocr_assets.extract import describe
from tests.unit.ocr_assets.extract.sheets import (
    SIGNATURE,
    SIX,
    STATE,
    STATE_TITLE,
    TEXT,
    left,
    line,
    merged,
    middle,
    page,
    right,
    turned,
    values,
    without,
)

EXPECTED = {
    "number": "51/QĐ-UBND",
    "date": "2025-01-17",
    "issuer": "ỦY BAN NHÂN DÂN TỈNH MẪU",
    "type": "Quyết định",
    "abstract": "Về việc phê duyệt kế hoạch thí nghiệm của tỉnh giai đoạn thứ hai",
    "signer": "Nguyễn Văn Mẫu",
}


def test_a_state_decision_yields_all_six_fields_and_they_are_accepted():
    found = describe([page(*STATE)])
    assert values(found) == EXPECTED
    assert all(found[name].accepted for name in SIX)


def test_a_page_without_words_yields_nothing():
    assert describe([]) == {}
    assert describe([page()]) == {}


def test_a_cover_before_the_letterhead_is_passed_over():
    cover = page(middle("Hồ sơ lưu trữ", 10), middle("Hộp số ba", 12))
    found = describe([cover, page(*STATE, number=2)])
    assert values(found) == EXPECTED
    assert found["number"].page == 2


def test_two_header_columns_read_as_one_line_are_parted():
    lines = list(STATE)
    joined = [merged(lines[0], lines[2]), merged(lines[1], lines[3]), merged(lines[4], lines[5])]
    assert values(describe([page(*joined, *lines[6:])])) == EXPECTED


def test_columns_without_a_gap_are_parted_at_the_national_title():
    head = line("UBND TỈNH MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0)
    found = describe([page(head, left("SỞ Y TẾ", 1), *STATE[3:])])
    assert found["issuer"].value == "SỞ Y TẾ"


@pytest.mark.parametrize("degrees", [-3.0, 3.0])
def test_a_crooked_scan_reads_like_a_straight_one(degrees):
    assert values(describe([turned(page(*STATE), degrees)])) == EXPECTED


def test_a_party_document_has_its_number_the_other_way_round():
    found = describe(
        [
            page(
                left("TỈNH ỦY MẪU", 0),
                left("*", 1),
                right("ĐẢNG CỘNG SẢN VIỆT NAM", 0),
                left("Số 29-CT/TU", 2),
                right("Mẫu, ngày 19 tháng 4 năm 2023", 2),
                middle("CHỈ THỊ", 5),
                middle("CỦA BAN THƯỜNG VỤ TỈNH ỦY", 6),
                middle("về tăng cường công tác thí nghiệm trong tỉnh", 7),
                *TEXT,
                left("Nơi nhận:", 20),
                right("T/M BAN THƯỜNG VỤ", 20),
                right("PHÓ BÍ THƯ", 21),
                right("Lò Thị Mẫu", 26),
            )
        ]
    )
    assert values(found) == {
        "number": "29-CT/TU",
        "date": "2023-04-19",
        "issuer": "TỈNH ỦY MẪU",
        "type": "Chỉ thị",
        "abstract": "về tăng cường công tác thí nghiệm trong tỉnh",
        "signer": "Lò Thị Mẫu",
    }


def test_a_party_committee_below_its_superior_is_the_issuer():
    found = describe(
        [
            page(
                left("ĐẢNG BỘ TỈNH MẪU", 0),
                left("ĐẢNG ỦY KHỐI CÁC CƠ QUAN", 1),
                left("*", 2),
                right("ĐẢNG CỘNG SẢN VIỆT NAM", 0),
                left("Số 12-KL/ĐUK", 3),
                right("Mẫu, ngày 05 tháng 12 năm 2024", 3),
                middle("KẾT LUẬN", 6),
                middle("về công tác kiểm tra thí nghiệm", 7),
                *TEXT,
            )
        ]
    )
    assert found["issuer"].value == "ĐẢNG ỦY KHỐI CÁC CƠ QUAN"
    assert found["number"].value == "12-KL/ĐUK"
    assert found["type"].value == "Kết luận"


def test_a_youth_union_document_is_read_like_a_party_one():
    found = describe(
        [
            page(
                left("THÀNH ĐOÀN MẪU", 0),
                left("BCH ĐOÀN QUẬN THỬ", 1),
                left("***", 2),
                right("ĐOÀN TNCS HỒ CHÍ MINH", 0),
                left("Số: 88-QĐ/ĐTN", 3),
                right("Thử, ngày 15 tháng 7 năm 2019", 3),
                middle("QUYẾT ĐỊNH", 6),
                middle("V/v công nhận đơn vị thí nghiệm", 7),
                *TEXT,
            )
        ]
    )
    assert found["number"].value == "88-QĐ/ĐTN"
    assert found["issuer"].value == "BCH ĐOÀN QUẬN THỬ"
    assert found["abstract"].value == "V/v công nhận đơn vị thí nghiệm"


@pytest.mark.parametrize(
    ("number", "title", "kind"),
    [
        ("142/2015/TT-BTC", "THÔNG TƯ", "Thông tư"),
        ("30/2020/NĐ-CP", "NGHỊ ĐỊNH", "Nghị định"),
        ("05/2019/QĐ-UBND", "QUYẾT ĐỊNH", "Quyết định"),
        ("01/2016/TTLT-BTC-BNV", "THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch"),
    ],
)
def test_a_legal_text_keeps_the_year_in_its_number(number, title, kind):
    found = describe(
        [
            page(
                left("BỘ TÀI CHÍNH", 0),
                *STATE_TITLE,
                left(f"Số: {number}", 3),
                right("Hà Nội, ngày 04 tháng 9 năm 2015", 3),
                middle(title, 6),
                middle("Quy định về thí nghiệm", 7),
                *TEXT,
            )
        ]
    )
    assert found["number"].value == number
    assert found["type"].value == kind


def letter(*more, number="Số: 299/UBND-TTHC"):
    return page(
        left("ỦY BAN NHÂN DÂN", 0),
        left("TỈNH MẪU", 1),
        *STATE_TITLE,
        left(number, 3),
        right("Mẫu, ngày 15 tháng 01 năm 2025", 3),
        *more,
        *TEXT,
        *SIGNATURE,
    )


def test_a_letter_has_no_type_line_and_its_subject_under_the_number():
    found = describe(
        [
            letter(
                left("V/v công bố danh mục", 4),
                left("và xây dựng quy trình", 5),
                middle("Kính gửi: Sở Mẫu.", 8),
            )
        ]
    )
    assert found["type"].value == "Công văn"
    assert found["number"].value == "299/UBND-TTHC"
    assert found["abstract"].value == "V/v công bố danh mục và xây dựng quy trình"


@pytest.mark.parametrize("opening", ["V'v", "V/s", "Vv", "Về việc", "Vũ"])
def test_the_subject_of_a_letter_is_found_though_its_opening_was_misread(opening):
    found = describe(
        [
            letter(
                left(f"{opening} công bố danh mục", 4),
                left("và xây dựng quy trình", 5),
                middle("Kính gửi: Sở Mẫu.", 8),
            )
        ]
    )
    assert found["abstract"].value.endswith("công bố danh mục và xây dựng quy trình")


def test_a_letter_without_subject_is_known_by_its_address():
    found = describe([letter(middle("Kính gửi: Sở Mẫu.", 8))])
    assert found["type"].value == "Công văn"
    assert "abstract" not in found


def test_a_party_letter_has_the_code_cv_and_its_number_the_other_way_round():
    found = describe(
        [
            page(
                left("ĐẢNG ỦY XÃ MẪU", 0),
                right("ĐẢNG CỘNG SẢN VIỆT NAM", 0),
                left("Số 71-CV/ĐU", 2),
                right("Mẫu, ngày 17 tháng 3 năm 2023", 2),
                left("V/v thí nghiệm", 3),
                middle("Kính gửi: Các chi bộ.", 8),
                *TEXT,
            )
        ]
    )
    assert found["number"].value == "71-CV/ĐU"
    assert found["type"].value == "Công văn"


def test_ct_in_a_tax_office_letter_is_no_directive():
    found = describe(
        [
            letter(
                left("V/v chính sách thuế", 4),
                middle("Kính gửi: Thuế tỉnh Mẫu.", 8),
                number="Số: 2191/CT-CS",
            )
        ]
    )
    assert found["type"].value == "Công văn"


def test_a_submission_with_an_address_keeps_its_type():
    lines = (
        *STATE[:4],
        left("Số: 12/TTr-UBND", 3),
        right("Mẫu, ngày 20 tháng 12 năm 2024", 3),
        middle("TỜ TRÌNH", 6),
        middle("Về việc đề nghị xây dựng Nghị quyết số 24/2013/NQ-HĐND", 7),
        middle("Kính gửi: Hội đồng nhân dân tỉnh Mẫu.", 10),
        *TEXT,
    )
    found = describe([page(*lines)])
    assert found["type"].value == "Tờ trình"
    assert found["number"].value == "12/TTr-UBND"
    assert found["abstract"].value.endswith("số 24/2013/NQ-HĐND")


def test_a_type_line_outweighs_address_and_subject_of_a_letter():
    found = describe(
        [
            letter(
                left("V/v thí nghiệm", 4),
                middle("BÁO CÁO", 6),
                middle("Kết quả thí nghiệm trong tỉnh", 7),
                middle("Kính gửi: Sở Mẫu.", 10),
                number="Số: 12/SYT-KHTC",
            )
        ]
    )
    assert found["type"].value == "Báo cáo"
    assert found["abstract"].value == "Kết quả thí nghiệm trong tỉnh"


def test_a_form_cut_at_the_top_still_gives_number_date_type_and_abstract():
    found = describe([page(*STATE[4:])])
    assert "issuer" not in found
    assert {name: found[name].value for name in ("number", "date", "type", "abstract")} == {
        name: EXPECTED[name] for name in ("number", "date", "type", "abstract")
    }


def test_a_form_without_number_gives_the_rest_and_no_number_of_its_citations():
    found = describe([page(*without(STATE, "Số:"))])
    assert values(found) == {name: v for name, v in EXPECTED.items() if name != "number"}


def test_a_head_narrowed_by_a_crop_of_the_paper_is_read_by_its_own_middle():
    moved = [line(one.text, _centre(one) - 0.14, _row(one)) for one in STATE]
    assert values(describe([page(*moved)])) == EXPECTED


def _centre(one):
    return (one.box.left + one.box.right) / 2 / 1654


def _row(one):
    return (one.box.top - 100) / 48
