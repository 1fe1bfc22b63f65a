"""Number, date and issuer: traps met on real letterheads."""

import unicodedata
from dataclasses import replace

import pytest

from ocr_assets.extract import describe
from ocr_assets.reading import Decider, Evidence, Line, PageReading, Word
from tests.unit.ocr_assets.extract.sheets import (
    STATE,
    STATE_TITLE,
    TEXT,
    body,
    left,
    line,
    middle,
    page,
    right,
    turned,
    without,
)


def head(*lines, number="Số: 51/QĐ-UBND", day="Mẫu, ngày 17 tháng 01 năm 2025", title="QUYẾT ĐỊNH"):
    return page(
        *lines,
        *STATE_TITLE,
        left(number, 4),
        right(day, 3),
        middle(title, 7),
        middle("Về việc phê duyệt kế hoạch thí nghiệm", 8),
        *TEXT,
    )


ISSUER = left("ỦY BAN NHÂN DÂN XÃ MẪU", 0)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Số:51 /QĐ-UBND", "51/QĐ-UBND"),
        ("Só: 51/QD - UBNĐ", "51/QĐ-UBND"),
        ("Số: 51/QÐ-UBND", "51/QĐ-UBND"),
        ("Số : 0051/TTR-SYT.", "0051/TTr-SYT"),
        ("Số: 617/ĐHCT-ĐT", "617/ĐHCT-ĐT"),
        ("Số: 154 /CTPH-LĐLĐ-SVH,TT,DL", "154/CTPH-LĐLĐ-SVH,TT,DL"),
        ("Số: 01- CTLT/ĐTN - ĐBP", "01-CTLT/ĐTN-ĐBP"),
        ("S6286/QĐ-VKSTC", "286/QĐ-VKSTC"),
        ("Số: 30a/NQ-CP", "30a/NQ-CP"),
        ("Luật số: 67/2025/QH15", "67/2025/QH15"),
        ("Nghị quyết số: 174/2024/QH15", "174/2024/QH15"),
        ("Số 05-CV/TU", "05-CV/TU"),
        ("Số: 31 7TB-BTV", "31/TB-BTV"),
        ("Số: 12/ỦBND-VP", "12/UBND-VP"),
        ("Số: 46/QĐ-BCĐ138", "46/QĐ-BCĐ138"),
    ],
)
def test_a_number_is_normalised(read, value):
    assert describe([head(ISSUER, number=read)])["number"].value == value


@pytest.mark.parametrize("read", ["Số: 6e6/QĐ-UBND", "Số: Ê99 /QĐ-UBND", "Số: /QĐ-UBND"])
def test_a_number_by_hand_that_was_not_read_as_digits_is_never_accepted(read):
    field = describe([head(ISSUER, number=read)])["number"]
    assert "?" in field.value
    assert not field.accepted


def test_a_number_in_a_blank_left_for_the_pen_is_not_accepted_even_if_it_reads_well():
    assert not describe([head(ISSUER, number="Số: 51 /QĐ-UBND")])["number"].accepted


@pytest.mark.parametrize(
    ("number", "share", "is_accepted"),
    [("51", 0.99, True), ("51", 0.6, False), ("7", 0.99, False)],
)
def test_a_number_by_hand_is_accepted_where_two_readers_agree(number, share, is_accepted):
    """And has two digits at least: of a lone one the nought, or a seven's fifty, was lost."""
    digits = Evidence("Z1", 0.2, Decider.DIGITS)
    drawn = left(f"Số: {number} /QĐ-UBND", 4)
    words = tuple(
        replace(word, confidence=share, evidence=digits) if word.text == number else word
        for word in drawn.words
    )
    lines = without(head(ISSUER).lines, "Số:")
    field = describe([page(*lines, replace(drawn, words=words))])["number"]
    assert (field.value, field.accepted) == (f"{number}/QĐ-UBND", is_accepted)


def test_a_number_read_with_doubt_is_not_accepted():
    lines = without(head(ISSUER).lines, "Số:")
    field = describe([page(*lines, left("Số: 51/QĐ-UBND", 4, 0.85))])["number"]
    assert field.value == "51/QĐ-UBND"
    assert not field.accepted


def test_a_cited_number_is_not_the_documents_number():
    lines = without(head(ISSUER).lines, "Số:")
    assert "number" not in describe([page(*lines)])


def test_a_number_cited_at_the_end_of_a_paragraph_is_not_the_documents_number():
    lines = without(head(ISSUER).lines, "Số:", "Điều 1")
    assert "number" not in describe([page(*lines, body("số 158/UBND-KT;", 17))])


def test_a_party_number_is_read_even_if_its_dash_was_lost():
    assert describe([head(ISSUER, number="Số 29 CT/TU")])["number"].value == "29-CT/TU"


def test_a_number_read_in_pieces_is_put_together():
    lines = without(head(ISSUER).lines, "Số:")
    pieces = (line("Số:", 0.2, 4), line("51", 0.26, 4), line("/QĐ-UBND", 0.34, 4))
    assert describe([page(*lines, *pieces)])["number"].value == "51/QĐ-UBND"


def test_a_symbol_broken_at_its_dash_goes_on_below():
    lines = without(head(ISSUER).lines, "Số:")
    broken = (left("Số: 29/2025/TTLT-BTP-", 3), left("BCA-BQP", 4))
    found = describe([page(*lines, *broken)])
    assert found["number"].value == "29/2025/TTLT-BTP-BCA-BQP"


def test_a_number_under_the_type_line_is_found():
    lines = without(head(ISSUER).lines, "Số:", "Về việc")
    found = describe([page(*lines, middle("Số: 12/TB-UBND", 8))])
    assert found["number"].value == "12/TB-UBND"


def test_an_incoming_stamp_above_the_head_is_not_the_number():
    stamp = line("Số: 2352/VP", 0.6, -1.9)
    assert describe([page(stamp, *head(ISSUER).lines)])["number"].value == "51/QĐ-UBND"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Mẫu,ngày 04 tháng 9 năm 2015", "2015-09-04"),
        ("TP. Hồ Chí Minh, ngày 26 tháng 7 năm 2011", "2011-07-26"),
        ("Bà Rịa - Vũng Tàu,ngày 27 tháng 02 năm 2025", "2025-02-27"),
        ("Hà Nội, ngày 29 thảng 02 nãm 2024", "2024-02-29"),
        ("Mẫu, ngày 05/3/2024", "2024-03-05"),
    ],
)
def test_the_date_comes_from_the_line_with_the_place(read, value):
    field = describe([head(ISSUER, day=read)])["date"]
    assert field.value == value
    assert field.accepted


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("Mẫu, ngày 30 tháng 02 năm 2025", "2025-02"),
        ("Mẫu, ngày 17 tháng 13 năm 2025", "2025"),
        ("Mẫu, ngày ồ tháng 12 năm 2020", "2020-12"),
        ("Mẫu, ngày tháng 9 năm 2024", "2024-09"),
    ],
)
def test_an_impossible_or_unread_day_gives_no_day_and_no_cited_one(read, kept):
    cited = body("địa phương ngày 22 tháng 11 năm 2019;", 18)
    found = describe([page(*head(ISSUER, day=read).lines, cited)])["date"]
    assert (found.value, found.accepted) == (kept, False)


@pytest.mark.parametrize("read", ["Mẫu,ngày05tháng 02 năm 2025", "Mẫu, ngày 2tháng 02năm 2025"])
def test_a_day_written_into_a_gap_is_not_accepted(read):
    assert not describe([head(ISSUER, day=read)])["date"].accepted


def test_a_one_digit_day_may_have_lost_a_digit_and_is_not_accepted():
    assert not describe([head(ISSUER, day="Mẫu, ngày 2 tháng 02 năm 2025")])["date"].accepted


def test_a_date_over_the_signature_serves_where_the_head_has_none():
    first = page(*without(head(ISSUER).lines, "Mẫu"))
    last = page(right("Mẫu, ngày 03 tháng 5 năm 2021", 4), right("CHỦ TỊCH", 5), number=2)
    assert describe([first, last])["date"].value == "2021-05-03"


def test_a_signing_stamp_is_not_the_date_of_issue():
    stamp = line("Thời gian ký: 05/03/2025 11:03:59", 0.75, -1.9)
    found = describe([page(stamp, *without(head(ISSUER).lines, "Mẫu"))])
    assert "date" not in found


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("UBND TỈNH MẪU", "SỞ Y TẾ"), "SỞ Y TẾ"),
        (("UBND TỈNH MẪU", "BAN CHỈ ĐẠO 138"), "BAN CHỈ ĐẠO 138"),
        (("ỦY BAN NHÂN DÂN", "TỈNH MẪU", "SỞ NỘI VỤ"), "SỞ NỘI VỤ"),
        (("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC MẪU"), "TRƯỜNG ĐẠI HỌC MẪU"),
        (("SỞ Y TẾ MẪU", "BỆNH VIỆN ĐA KHOA TỈNH"), "BỆNH VIỆN ĐA KHOA TỈNH"),
        (("TỔNG CỤC THUẾ", "CỤC THUẾ TP. MẪU"), "CỤC THUẾ TP. MẪU"),
        (("BAN CHỈ ĐẠO CẢI CÁCH", "HÀNH CHÍNH CỦA CHÍNH PHỦ"),
         "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH CỦA CHÍNH PHỦ"),
        (("SỞ GIÁO DỤC VÀ", "ĐÀO TẠO"), "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        (("BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH MẪU"), "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH MẪU"),
        (("UBND TỈNH MẪU", "VĂN PHÒNG"), "VĂN PHÒNG"),
        (("HỘI ĐỒNG NHÂN DÂN", "HUYỆN MẪU"), "HỘI ĐỒNG NHÂN DÂN HUYỆN MẪU"),
        (("SỞ VĂN HÓA,THÈ THAO VÀ", "DU LỊCH"), "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),
        (("LIÊN ĐOÀN LAO ĐỘNG -", "SỞ Y TẾ"), "LIÊN ĐOÀN LAO ĐỘNG - SỞ Y TẾ"),
        (("BỘ TÀI CHÍNH - BỘ NỘI VỤ",), "BỘ TÀI CHÍNH - BỘ NỘI VỤ"),
        (("ỦY BAN THƯỜNG VỤ", "QUỐC HỘI"), "ỦY BAN THƯỜNG VỤ QUỐC HỘI"),
        (("UBND HUYỆN MẪU", "TRƯỜNG TIỂU HỌC THỬ"), "TRƯỜNG TIỂU HỌC THỬ"),
        (("TẬP ĐOÀN MẪU", "CÔNG TY ĐIỆN LỰC THỬ"), "CÔNG TY ĐIỆN LỰC THỬ"),
        (("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "BAN CHẤP HÀNH TỈNH MẪU"), "BAN CHẤP HÀNH TỈNH MẪU"),
    ],
)  # fmt: skip
def test_the_issuer_is_the_last_agency_of_the_letterhead(lines, issuer):
    found = describe([head(*(left(text, row) for row, text in enumerate(lines)))])
    assert found["issuer"].value == issuer


@pytest.mark.parametrize("degrees", [-3.0, 3.0])
def test_an_issuer_above_the_national_title_is_found_on_a_crooked_scan(degrees):
    lines = (left("TRƯỜNG MẪU", -0.7), *head().lines)
    assert describe([turned(page(*lines), degrees)])["issuer"].value == "TRƯỜNG MẪU"


def test_a_joint_symbol_joins_agencies_that_no_dash_joins():
    lines = (left("BỘ TÀI CHÍNH", 0), left("BỘ NỘI VỤ", 1))
    found = describe([head(*lines, number="Số: 01/2016/TTLT-BTC-BNV")])
    assert found["issuer"].value == "BỘ TÀI CHÍNH - BỘ NỘI VỤ"


@pytest.mark.parametrize(
    "read", ["ŨY BAN NHÂN ĐÂN XÃ MẪU", "UỶ BAN NHÂN DÂN XÃ MẪU", "ỦYBAN NHÂN DÂN XÃ MẪU"]
)
def test_tone_errors_and_old_tone_places_are_set_right_in_known_names(read):
    assert describe([head(left(read, 0))])["issuer"].value == "ỦY BAN NHÂN DÂN XÃ MẪU"


def test_the_authority_file_corrects_a_misread_name():
    found = describe([head(left("TRUNG TÂM THÍ NGHIỀM MẦU", 0))], ["Trung tâm Thí nghiệm Mẫu"])
    assert found["issuer"].value == "TRUNG TÂM THÍ NGHIỆM MẪU"
    assert found["issuer"].method == "issuer:authority"


def test_a_far_name_of_the_authority_file_is_not_forced_on_the_document():
    found = describe([head(left("SỞ Y TẾ", 0))], ["Sở Tư pháp", "Sở Nội vụ"])
    assert found["issuer"].value == "SỞ Y TẾ"


def _with(reading, change):
    def changed(one):
        words = tuple(Word(change(w.text), w.box, w.confidence) for w in one.words)
        return Line(words, one.box, one.confidence, one.reader)

    lines = tuple(map(changed, reading.lines))
    return PageReading(1, reading.width, reading.height, reading.dpi, 0, lines)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("H", "\u041d").replace("T", "\u0422"),  # Cyrillic
        lambda text: text[:2] + "\u00ad" + text[2:],
        lambda text: text + "\u200b",
    ],
)
def test_letters_spelled_otherwise_in_unicode_make_no_difference(change):
    plain, odd = describe([page(*STATE)]), describe([_with(page(*STATE), change)])
    assert {n: f.value for n, f in odd.items()} == {n: f.value for n, f in plain.items()}


def test_a_field_says_where_it_stands_in_fractions_of_the_page():
    field = describe([page(*STATE)])["number"]
    found = left("Số: 51/QĐ-UBND", 3).box
    assert field.page == 1
    assert field.box == pytest.approx(found.as_fractions(1654, 2339), abs=1e-4)
    assert field.text_as_read == "Số: 51/QĐ-UBND"
