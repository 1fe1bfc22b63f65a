"""Who signed by what authority, who receives a document, what is attached to it, what it is in."""

import pytest

from ocr_assets.extract import describe
from tests.unit.ocr_assets.extract.sheets import (
    SIGNATURE,
    STATE,
    STATE_TITLE,
    TEXT,
    body,
    left,
    line,
    listed,
    middle,
    page,
    right,
    values,
    without,
)

HEAD = without(STATE, "Nơi nhận", "- ", "CHỦ TỊCH", "Nguyễn")
SIGNED = ("signer_authority", "signer_title")


def signed(*lines):
    """Return the decision with another block above the name."""
    block = [right(text, 20 + row) for row, text in enumerate(lines)]
    receivers = (left("Nơi nhận:", 20), line("- Lưu: VT.", 0.19, 21))
    return page(*HEAD, *receivers, *block, right("Nguyễn Văn Mẫu", 24 + len(lines)))


@pytest.mark.parametrize(
    ("lines", "authority", "title"),
    [
        (("CHỦ TỊCH",), None, "CHỦ TỊCH"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
         "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        (("TL.CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        (("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC"), "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC"),
        (("Q. GIÁM ĐỐC",), "Q. GIÁM ĐỐC", None),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
         "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        (("TL. CỤC TRƯỞNG", "KT. TRƯỞNG BAN", "BAN CHÍNH SÁCH, THUẾ QUỐC TẾ", "PHÓ TRƯỞNG BAN"),
         "TL. CỤC TRƯỞNG KT. TRƯỞNG BAN BAN CHÍNH SÁCH, THUẾ QUỐC TẾ", "PHÓ TRƯỞNG BAN"),
    ],
)  # fmt: skip
def test_authority_and_post_stand_above_the_name(lines, authority, title):
    found = describe([signed(*lines)])
    assert found["signer"].value == "Nguyễn Văn Mẫu"
    expected = {"signer_authority": authority, "signer_title": title}
    assert values(found, SIGNED) == {name: text for name, text in expected.items() if text}
    assert all(found[name].accepted for name in values(found, SIGNED))


def test_a_misread_tone_in_a_post_is_set_right():
    found = describe([signed("KT. CHÙ TỊCH", "PHO CHỦ TICH")])
    assert list(values(found, SIGNED).values()) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_post_is_told_where_a_seal_hides_the_name():
    found = describe([page(*without(signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC").lines, "Nguyễn"))])
    assert "signer" not in found
    assert values(found, SIGNED) == {
        "signer_authority": "KT. GIÁM ĐỐC",
        "signer_title": "PHÓ GIÁM ĐỐC",
    }
    assert not any(found[name].accepted for name in SIGNED)  # a "KT." may be hidden as well


def test_each_signer_of_a_joint_document_has_a_post_of_their_own():
    block = (
        left("TM. BAN THƯỜNG VỤ", 20),
        left("BÍ THƯ", 21),
        right("GIÁM ĐỐC", 20),
        left("Trần Thị Mẫu", 26),
        right("Nguyễn Văn Mẫu", 26),
    )
    found = describe([page(*HEAD, *block)])
    assert found["signer"].value == "Trần Thị Mẫu; Nguyễn Văn Mẫu"
    assert listed(found, "signer") == ["Trần Thị Mẫu", "Nguyễn Văn Mẫu"]
    assert listed(found, "signer_title") == ["BÍ THƯ", "GIÁM ĐỐC"]
    assert found["signer_authority_1"].value == "TM. BAN THƯỜNG VỤ"
    assert "signer_authority_2" not in found
    assert found["signer_1"].box[2] < found["signer_2"].box[0]


def test_a_single_signer_is_not_listed():
    assert not listed(describe([page(*STATE)]), "signer")


def test_recipients_are_listed_in_order_up_to_where_it_is_filed():
    lines = (
        left("Nơi nhận:", 20),
        line("- Như Điều 3;", 0.2, 21),
        line("- Thường trực Tỉnh ủy, Hội đồng nhân dân", 0.33, 22),
        line("tỉnh (để b/c);", 0.21, 23),
        line("- Lưu: VT, KT.", 0.21, 24),
        line("12", 0.15, 30),
    )
    found = describe([page(*HEAD, *lines, *(one for one in SIGNATURE if one.box.left > 1000))])
    assert listed(found, "recipient") == [
        "Như Điều 3",
        "Thường trực Tỉnh ủy, Hội đồng nhân dân tỉnh (để b/c)",
        "Lưu: VT, KT",
    ]
    assert found["recipient_2"].box[3] > found["recipient_1"].box[3]
    assert all(found[f"recipient_{n}"].accepted for n in (1, 2, 3))


def test_a_document_without_a_list_has_no_recipients():
    assert not listed(describe([page(*HEAD)]), "recipient")


def letter(*addressed):
    head = (
        left("SỞ Y TẾ", 0),
        *STATE_TITLE,
        left("Số: 77/SYT-VP", 3),
        right("Mẫu, ngày 17 tháng 01 năm 2025", 3),
        left("V/v báo cáo thí nghiệm năm 2025", 4),
    )
    return page(*head, *addressed, *TEXT, *SIGNATURE)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ((middle("Kính gửi: Sở Mẫu.", 8),), ["Sở Mẫu"]),
        ((middle("Kính gửi: Sở Mẫu; Sở Khác.", 8),), ["Sở Mẫu", "Sở Khác"]),
        ((line("Kính gửi:", 0.35, 8), line("- Các sở, ban, ngành;", 0.5, 9),
          line("- Ủy ban nhân dân các xã.", 0.515, 10)),
         ["Các sở, ban, ngành", "Ủy ban nhân dân các xã"]),
        ((line("Kính gửi:", 0.35, 8), line("- Các sở, ban, ngành;", 0.55, 8),
          line("- Ủy ban nhân dân các xã.", 0.56, 9)),
         ["Các sở, ban, ngành", "Ủy ban nhân dân các xã"]),
        ((middle("Kính gửi: Ủy ban nhân dân các huyện, thị xã", 8),
          line("và thành phố.", 0.52, 9)), ["Ủy ban nhân dân các huyện, thị xã và thành phố"]),
        ((line("Kính gửi: Cổng thông tin Mẫu", 0.38, 8), line("Cổng thông tin Khác", 0.421, 9),
          line("Cổng thông tin thứ ba", 0.43, 10)),
         ["Cổng thông tin Mẫu", "Cổng thông tin Khác", "Cổng thông tin thứ ba"]),
    ],
)  # fmt: skip
def test_addressees_are_listed_and_the_body_is_none(lines, names):
    found = describe([letter(*lines)])
    assert listed(found, "addressee") == names


def test_a_decision_has_no_addressees():
    assert not listed(describe([page(*STATE)]), "addressee")


def annexed(*lines, number=2):
    return page(*lines, *TEXT, number=number)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((middle("Phụ lục I", 0), middle("DANH MỤC THIẾT BỊ THÍ NGHIỆM", 1),
          middle("(Kèm theo Quyết định số 51/QĐ-UBND ngày 17/01/2025)", 2)),
         "Phụ lục I DANH MỤC THIẾT BỊ THÍ NGHIỆM"),
        ((middle("QUY CHẾ", 0), middle("QUẢN LÝ THÍ NGHIỆM", 1),
          middle("(Ban hành kèm theo Quyết định số 51/QĐ-UBND", 2)),
         "QUY CHẾ QUẢN LÝ THÍ NGHIỆM"),
        ((*STATE[:6], middle("KẾ HOẠCH", 6)), "KẾ HOẠCH"),
    ],
)  # fmt: skip
def test_an_attachment_is_found_with_its_first_page_and_title(lines, title):
    middle_page = page(*TEXT, number=3)
    found = describe([page(*STATE), annexed(*lines), middle_page])
    assert listed(found, "attachment") == [title]
    assert found["attachment_1"].page == 2


def test_a_page_that_goes_on_is_no_attachment():
    cited = body("kèm theo Phụ lục I của Quyết định này, thực hiện từ ngày 01 tháng 3;", 3)
    assert not listed(describe([page(*STATE), annexed(cited)]), "attachment")


def test_two_annexes_are_two_attachments():
    pages = [page(*STATE), annexed(middle("PHỤ LỤC I", 0)),
             annexed(middle("PHỤ LỤC II", 0), number=3)]  # fmt: skip
    found = describe(pages)
    assert listed(found, "attachment") == ["PHỤ LỤC I", "PHỤ LỤC II"]
    assert [found[f"attachment_{n}"].page for n in (1, 2)] == [2, 3]


ENGLISH = tuple(
    body(text, 14 + row)
    for row, text in enumerate(
        (
            "The People's Committee of the city is responsible for the plan",
            "and shall report to the Council on the results of the work in the year.",
            "This decision is in force from the date of signing by the chairman.",
        )
    )
)
FRENCH = (
    body("Le comité est chargé de la mise en oeuvre du plan et des mesures", 14),
    body("prévues dans le présent document pour les services de la ville.", 15),
)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (STATE, "01"),
        (ENGLISH, "02"),
        (FRENCH, "03"),
        ((body("Комитет отвечает за выполнение плана и отчитывается перед советом города", 14),
          body("Решение вступает в силу со дня подписания председателем комитета", 15)), "04"),
        ((*TEXT, *(line(one.text, 0.5, 20 + row) for row, one in enumerate(ENGLISH))), "06"),
    ],
)  # fmt: skip
def test_the_language_is_told_by_letters_and_small_words(lines, code):
    found = describe([page(*lines)])["language"]
    assert (found.value, found.accepted) == (code, True)


def test_too_few_words_tell_no_language():
    assert "language" not in describe([page(middle("SỐ LIỆU", 3), middle("2025", 5))])


def test_pages_are_counted_and_no_secrecy_is_seen():
    found = describe([page(*STATE), page(*TEXT, number=2), page(number=3)])
    assert (found["page_count"].value, found["page_count"].page) == ("3", 3)
    assert found["secrecy"].value == "unclassified"
    assert not found["secrecy"].accepted


def test_every_field_has_a_page_and_a_box_with_an_area():
    pages = [letter(middle("Kính gửi: Sở Mẫu.", 8)), annexed(middle("PHỤ LỤC I", 0))]
    for name, field in describe(pages).items():
        assert field.name == name
        assert field.box[0] < field.box[2], name
        assert field.box[1] < field.box[3], name
        assert field.page in (1, 2)
        assert 0 <= field.confidence <= 1


def test_a_post_in_place_of_a_head_needs_fewer_letters_to_be_told():
    found = describe([signed("KT. CHỦ TỊCH", "PHGỀHỦ TỊCH")])
    assert found["signer_title"].value == "PHÓ CHỦ TỊCH"
    assert found["signer_authority"].value == "KT. CHỦ TỊCH"


def test_a_second_post_right_above_the_name_belongs_to_the_title():
    block = (right("TRƯỞNG BAN", 20), right("PHÓ THỦ TƯỚNG", 26), right("Nguyễn Văn Mẫu", 27))
    found = describe([page(*HEAD, left("Nơi nhận:", 20), *block)])
    assert found["signer_title"].value == "TRƯỞNG BAN PHÓ THỦ TƯỚNG"


def test_a_stamp_beside_the_addressees_is_none_of_them():
    lines = (
        line("Kính gửi:", 0.35, 8),
        line("UBND HUYỆN MẪU", 0.15, 8.6),
        line("- Các sở, ban, ngành;", 0.5, 9),
        line("- Ủy ban nhân dân các xã.", 0.515, 10),
    )
    found = describe([letter(*lines)])
    assert listed(found, "addressee") == ["Các sở, ban, ngành", "Ủy ban nhân dân các xã"]


def test_an_attachment_is_told_where_the_scan_cut_off_its_left_edge():
    cut = line("m hành kèm theo Thông tư số 142/2015/TT-BTC ngày 04 tháng 9", 0.255, 2)
    found = describe([page(*STATE), annexed(line("THÔNG TIN VỀ GIÁ THÍ NGHIỆM", 0.4, 1), cut)])
    assert listed(found, "attachment") == ["THÔNG TIN VỀ GIÁ THÍ NGHIỆM"]


@pytest.mark.parametrize(
    "text",
    [
        "Phụ lục I kèm theo Quyết định này quy định chi tiết.",
        "Mẫu số 2 của Thông tư này được dùng từ năm sau.",
    ],
)
def test_a_sentence_that_begins_with_an_annex_is_no_attachment(text):
    assert not listed(describe([page(*STATE), annexed(body(text, 1))]), "attachment")
