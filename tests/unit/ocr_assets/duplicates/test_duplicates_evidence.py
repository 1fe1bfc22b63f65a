"""What two documents have in common, part by part: words, looks, name."""

import random

import pytest

from ocr_assets.duplicates import looks, naming, sketch, wording
from ocr_assets.duplicates.naming import Agreement, Value

EQUAL, DIFFERENT, UNKNOWN = Agreement.EQUAL, Agreement.DIFFERENT, Agreement.UNKNOWN
TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân xã quyết định đường số {}. " * 4


def some_text(seed):
    rng = random.Random(seed)  # noqa: S311 - made-up words
    return " ".join("".join(rng.choices("abcdehiklmnoprstuvxy", k=4)) for _ in range(250))


def similar(one, other):
    rows = sketch.stacked([sketch.sketch(one), sketch.sketch(other)])
    return sketch.similarity(rows[:1], rows[1:])[0]


def sure(**fields):
    return {name: Value(text, is_accepted=True) for name, text in fields.items()}


def doubtful(**fields):
    return {name: Value(text, is_accepted=False) for name, text in fields.items()}


def test_accents_case_blanks_and_forms_of_unicode_make_no_other_text():
    composed, decomposed = "Đường Hoà Bình, số 5", "ĐƯỜNG HOÀ  BÌNH - SỐ 5"
    assert sketch.letters(composed) == sketch.letters(decomposed) == "duonghoabinhso5"


def test_a_text_read_with_errors_is_near_and_another_is_far():
    text = some_text(1)
    rng = random.Random(2)  # noqa: S311
    misread = "".join("z" if rng.random() < 0.03 else letter for letter in text)
    assert similar(text, misread) > 0.6
    assert similar(text, some_text(3)) < 0.1


def test_a_text_too_short_to_tell_from_others_has_no_sketch_and_no_likeness():
    assert sketch.sketch("Số: 12/QĐ-UBND") is None
    nothing = sketch.stacked([None, None])
    assert sketch.similarity(nothing[:1], nothing[1:])[0] == 0


def test_a_sketch_is_the_same_on_another_day():
    """Sketches are kept: what was kept must stay comparable."""
    assert sketch.sketch(TEXT).hex()[:32] == "2d4d7b39cfc812c06d9e7ec3939be76e"
    assert sketch.VERSION == "1.2"


def test_bare_pages_have_no_counterpart_and_move_none():
    front, back = "f" * 64, "0" * 63 + "1"
    pairs = looks.paired([front, None, back], [front, back])
    assert [(one.first, one.second, one.distance) for one in pairs] == [(1, 1, 0), (3, 2, 0)]
    assert looks.paired([None, None], [None]) == ()


def test_what_has_no_looks_is_as_far_as_can_be():
    rows = looks.stacked(["f" * 64, "f" * 63 + "0", None])
    assert looks.distances(rows[0], rows).tolist() == [0, pytest.approx(4 / 256), 1]


@pytest.mark.parametrize(
    ("first", "second", "number", "symbol"),
    [
        (sure(number="051/QĐ-UBND"), sure(number="51/QĐ-UBND"), EQUAL, EQUAL),
        (sure(number="51/QĐ-UBND"), sure(number="52/QĐ-UBND"), DIFFERENT, EQUAL),
        (sure(number="51/QĐ-UBND"), doubtful(number="52/QĐ-UBND"), UNKNOWN, EQUAL),
        (doubtful(number="51/QĐ-UBND"), doubtful(number="51/QĐ-UBND"), EQUAL, EQUAL),
        (sure(number="29-CT/TU"), sure(number="29-NQ/HU"), EQUAL, DIFFERENT),
        (sure(number="51/QĐ-UBND"), {}, UNKNOWN, UNKNOWN),
    ],
)
def test_numbers_differ_only_where_both_are_sure(first, second, number, symbol):
    found = naming.compare(first, second)
    assert (found.number, found.symbol) == (number, symbol)


def test_an_issuer_may_be_misread_by_a_few_letters():
    one, other = (
        sure(issuer="ỦY BAN NHÂN DÂN XÃ GIA LÂM"),
        sure(issuer="UỶ BAN NHÂN DÀN XÃ GIA LẢM"),
    )
    assert naming.compare(one, other).issuer is EQUAL
    assert naming.compare(one, sure(issuer="HỘI LIÊN HIỆP PHỤ NỮ")).issuer is DIFFERENT


def test_names_agree_when_issuer_number_and_date_were_read_and_are_the_same():
    full = sure(number="5/QĐ-UBND", date="2025-04-19", issuer="ỦY BAN NHÂN DÂN")
    assert naming.compare(full, full).agrees
    assert not naming.compare(full, {**full, "date": Value("2024-04-19", is_accepted=False)}).agrees
    assert naming.name_key(full) == "5|qdubnd|2025-04-19"
    assert naming.name_key({"number": full["number"]}) is None
    assert naming.sure_number(full) == "5"
    assert naming.sure_number(doubtful(number="5/QĐ-UBND")) is None


FORM = (
    "Đơn đăng ký thường trú. Họ và tên: {} Ngày sinh: {} Nơi ở: {}. Tôi xin cam đoan những điều"
    " khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình."
)
ONE = FORM.format("Nguyễn Văn An", "01/02/1970", "thôn Đông xã Gia Lâm")
TWO = FORM.format("Trần Thị Bình", "23/11/1985", "tổ bảy phường Long Biên")


def test_another_person_on_a_form_is_words_in_place_of_others():
    assert wording.compare(ONE, TWO).is_other


def test_letters_misread_and_words_torn_apart_are_no_other_words():
    misread = ONE.replace("đăng ký", "dăngkỳ").replace("trách nhiệm", "trach nhjệm")
    found = wording.compare(ONE, misread)
    assert found.replaced == 0
    assert found.is_near


def test_without_words_nothing_is_said_about_wording():
    assert wording.compare(ONE, " ") is None
