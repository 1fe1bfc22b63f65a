"""Type, abstract and signer: traps met under the letterhead and at the end."""

import pytest

from ocr_assets.extract import describe
from tests.unit.ocr_assets.extract.sheets import (
    SIGNATURE,
    STATE,
    TEXT,
    body,
    left,
    line,
    middle,
    page,
    right,
    turned,
    values,
    without,
)

HEAD = STATE[:6]


def titled(*lines):
    return page(*HEAD, *lines, *TEXT, *SIGNATURE)


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        ("CHÍ THỊ", "Chỉ thị"),
        ("THÔNG BẢO", "Thông báo"),
        ("QUYẾT ĐỊNH:", "Quyết định"),
        ("Q U Y Ế T Đ Ị N H", "Quyết định"),
        ("CHƯƠNG TRÌNH PHÓI HỢP", "Chương trình phối hợp"),
        ("THƯ MỜI", "Thư mời"),
        ("BIÊN BẢN HỌP", "Biên bản"),
        ("GIẤY GIỚI THIỆU", "Giấy giới thiệu"),
        ("LUẬT", "Luật"),
    ],
)
def test_the_type_line_is_matched_with_the_closed_list(read, kind):
    found = describe([titled(middle(read, 6), middle("Về việc thí nghiệm trong tỉnh", 7))])
    assert found["type"].value == kind


def test_a_word_of_the_body_is_no_type_line():
    lines = (*HEAD, body("Báo cáo", 8), *TEXT)
    assert "type" not in describe([page(*lines)]) or (
        describe([page(*lines)])["type"].method == "type:code"
    )


def test_a_known_code_gives_the_type_where_the_title_is_unread_but_not_surely():
    field = describe([page(*without(STATE, "QUYẾT", "Về việc", "giai đoạn"))])["type"]
    assert field.value == "Quyết định"
    assert not field.accepted


def test_the_type_line_may_carry_the_beginning_of_the_abstract():
    found = describe([titled(middle("KẾ HOẠCH CÔNG TÁC NĂM 2025", 6))])
    assert found["type"].value == "Kế hoạch"
    assert found["abstract"].value == "CÔNG TÁC NĂM 2025"


def test_the_abstract_ends_at_the_authority_line_and_drops_drawn_rules():
    found = describe(
        [
            titled(
                middle("QUYẾT ĐỊNH", 6),
                middle("Về việc thí nghiệm", 7),
                middle("trong tỉnh ____", 8),
                middle("-----", 8.4),
                middle("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU", 9),
            )
        ]
    )
    assert found["abstract"].value == "Về việc thí nghiệm trong tỉnh"


def test_the_abstract_ends_at_the_gap_before_the_body():
    found = describe(
        [
            titled(
                middle("THÔNG BÁO", 6),
                middle("Kết luận về thí nghiệm trong tỉnh", 7),
                middle("tại cuộc họp tháng mười", 8),
                body("Ngày 03 tháng 01, tại trụ sở, đoàn đã họp về thí nghiệm trong tỉnh.", 9.7),
            )
        ]
    )
    assert found["abstract"].value == "Kết luận về thí nghiệm trong tỉnh tại cuộc họp tháng mười"


def test_a_stamp_at_the_left_of_an_abstract_line_is_cut_off():
    line_ = line("Ngay4/012 Quy định chi tiết về thí nghiệm của tỉnh", 0.51 - 0.043, 7)
    found = describe([titled(middle("QUYẾT ĐỊNH", 6), line_)])
    assert found["abstract"].value == "Quy định chi tiết về thí nghiệm của tỉnh"


def test_a_space_dropped_after_a_comma_is_put_back():
    found = describe([titled(middle("QUYẾT ĐỊNH", 6), middle("Về an ninh,trật tự năm 2,5", 7))])
    assert found["abstract"].value == "Về an ninh, trật tự năm 2,5"


def signed(*lines):
    return describe([page(*without(STATE, *(one.text for one in SIGNATURE)), *lines)])


def test_the_signer_is_found_before_annexes_and_blank_backs():
    annex = page(middle("PHỤ LỤC", 0), left("Người lập biểu", 3), number=2)
    blank = page(middle("x", 5, 0.3), number=3)
    assert describe([page(*STATE), annex, blank])["signer"].value == "Nguyễn Văn Mẫu"


def test_the_signer_of_another_document_bound_behind_is_not_taken():
    other = page(left("Nơi nhận:", 20), right("GIÁM ĐỐC", 20), right("Trần Thị Khác", 26), number=2)
    assert describe([page(*STATE), other])["signer"].value == "Nguyễn Văn Mẫu"


def test_a_name_lost_under_the_seal_is_not_replaced_by_one_of_a_later_page():
    other = page(left("Nơi nhận:", 20), right("GIÁM ĐỐC", 20), right("Trần Thị Khác", 26), number=2)
    assert "signer" not in describe([page(*without(STATE, "Nguyễn")), other])


TWO_SIGNERS = (
    left("SỞ VĂN HÓA", 19), left("GIÁM ĐỐC", 20), left("Trần Văn Một", 25),
    right("LIÊN ĐOÀN LAO ĐỘNG TỈNH", 19), right("GHỦ TỊCH", 20), right("Lê Thị Hai", 25),
    left("Nơi nhận:", 28),
)  # fmt: skip


def test_two_signers_side_by_side_are_given_left_to_right():
    assert signed(*TWO_SIGNERS)["signer"].value == "Trần Văn Một; Lê Thị Hai"


@pytest.mark.parametrize("degrees", [-3.0, 3.0])
def test_two_signers_stand_side_by_side_on_a_crooked_scan_too(degrees):
    lines = without(STATE, *(one.text for one in SIGNATURE))
    found = describe([turned(page(*lines, *TWO_SIGNERS), degrees)])
    assert found["signer"].value == "Trần Văn Một; Lê Thị Hai"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Thượng tá Hồ Văn Mẫu", "Thượng tá Hồ Văn Mẫu"),
        ("PGS.TS. Hà Thị Mẫu", "Hà Thị Mẫu"),
        ("Ts. Bs. Vũ Mẫu", "Vũ Mẫu"),
        ("NGUYỄN VĂN MẪU", "Nguyễn Văn Mẫu"),
        ("Nguyển Văn Mẫu", "Nguyễn Văn Mẫu"),
        ("Đăng Thị Mẫu", "Đặng Thị Mẫu"),
        ("Nguyễn ThịMẫu", "Nguyễn Thị Mẫu"),
    ],
)
def test_titles_are_dropped_and_military_ranks_kept(read, value):
    found = signed(left("Nơi nhận:", 20), right("GIÁM ĐỐC", 20), right(read, 26))
    assert found["signer"].value == value


def test_a_name_beside_the_receivers_serves_where_the_post_is_under_the_seal():
    found = signed(left("Nơi nhận:", 20), right("C", 20, 0.5), right("Lê Văn Mẫu", 26))
    assert found["signer"].value == "Lê Văn Mẫu"
    assert not found["signer"].accepted


def test_receivers_and_posts_are_no_names():
    found = signed(left("Nơi nhận:", 20), right("PHÓ CHỦ TỊCH", 20), left("Hà Nội Mới", 22))
    assert "signer" not in found


def test_a_post_under_an_authority_is_no_name():
    found = signed(left("Nơi nhận:", 20), right("TM. ỦY BAN NHÂN DÂN", 20), right("CHỦ TỊCH", 21))
    assert "signer" not in found


def test_a_signature_on_the_second_page_is_found_there():
    first = page(*without(STATE, *(one.text for one in SIGNATURE)))
    second = page(body("Các đơn vị chịu trách nhiệm thi hành.", 0), *SIGNATURE, number=2)
    found = describe([first, second])
    assert found["signer"].value == "Nguyễn Văn Mẫu"
    assert found["signer"].page == 2
    assert values(found)["number"] == "51/QĐ-UBND"
