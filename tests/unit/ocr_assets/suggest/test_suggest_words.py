"""Keywords, the summarising sentence and the words of a vector: taken from the text, never made."""

import unicodedata

from ocr_assets.language_model import LanguageModel
from ocr_assets.suggest.keywords import keywords
from ocr_assets.suggest.passage import passage
from ocr_assets.suggest.sheet import FieldText, Sheet
from ocr_assets.suggest.summary import summary
from tests.unit.ocr_assets.extract.sheets import STATE, body, middle, page

MODEL = LanguageModel()
ABSTRACT = "Về việc tăng cường công tác phòng cháy, chữa cháy trong mùa nắng nóng"
BODY = (
    body("Căn cứ Luật Phòng cháy và chữa cháy ngày 29 tháng 6 năm 2001;", 10),
    body("Ủy ban nhân dân huyện yêu cầu tổ chức kiểm tra an toàn phòng cháy, chữa", 12),
    body("cháy tại khu dân cư trong mùa nắng nóng.", 13),
    body("Thủ trưởng các cơ quan phối hợp tuyên truyền về lực lượng chữa cháy tại chỗ.", 15),
    body("Lực lượng dân phòng và khu dân cư tự kiểm tra nguồn điện, nguồn lửa.", 17),
    body("Nơi nhận:", 25),
    body("- Như trên; lực lượng chữa cháy; phòng cháy; khu dân cư;", 26),
)


def sheet(*lines, abstract=ABSTRACT):
    box = (0.1, 0.1, 0.9, 0.15)
    fields = {"abstract": FieldText(abstract, 1, box)} if abstract else {}
    return Sheet.of([page(*lines)], fields)


def said(one):
    return [found.value for found in keywords(one, MODEL)]


def test_keywords_are_what_the_document_says_most():
    found = said(sheet(*BODY))
    assert 1 <= len(found) <= 5
    assert any("chữa cháy" in word or "phòng cháy" in word for word in found[:2])
    assert all(not any(c.isdigit() for c in word) for word in found)


def test_addresses_of_recipients_and_citations_are_no_body():
    text = " ".join(strip.text for _, strip in sheet(*BODY).body)
    assert "Như trên" not in text
    assert "Căn cứ" not in summary(sheet(*BODY), ["chữa cháy"]).value


def test_a_keyword_says_where_it_stands():
    first = next(iter(keywords(sheet(*BODY), MODEL)))
    assert first.page == 1
    [(left, top, right, bottom)] = first.boxes
    assert 0 < left < right < 1
    assert 0 < top < bottom < 1


def test_a_document_of_nothing_has_no_keyword_and_no_summary():
    empty = Sheet.of([], {})
    assert said(empty) == []
    assert summary(empty, []) is None
    assert passage(empty) == ""


def test_the_summary_is_a_sentence_of_the_text_word_for_word_with_its_lines():
    one = summary(sheet(*BODY), said(sheet(*BODY)))
    assert one.value == f"{BODY[1].text} {BODY[2].text}"
    assert len(one.boxes) == 2


def test_a_sentence_with_personal_data_is_never_the_summary():
    spoiled = body(
        "Kiểm tra phòng cháy, chữa cháy mùa nắng nóng do ông có CCCD 001085012345 nhận.", 16
    )
    one = summary(sheet(*BODY[1:3], spoiled), ["chữa cháy"])
    assert one.value == f"{BODY[1].text} {BODY[2].text}"
    assert summary(sheet(spoiled), ["chữa cháy"]) is None
    longer = body("Kiểm tra phòng cháy, chữa cháy mùa nắng nóng theo mã 00108501234500108501.", 12)
    assert summary(sheet(longer), ["chữa cháy"]) is None


def test_the_words_of_a_vector_begin_with_the_abstract_and_hold_no_long_number():
    lines = (middle("KẾ HOẠCH KIỂM TRA", 9), body("Ông Mẫu, CCCD 001 085 012 345, nhận việc", 12))
    words = passage(sheet(*lines, abstract=unicodedata.normalize("NFD", ABSTRACT)))
    assert words.startswith(unicodedata.normalize("NFC", ABSTRACT))
    assert "kế hoạch kiểm tra" in words
    assert "085" not in words
    assert passage(sheet(*STATE, abstract="")) != ""
