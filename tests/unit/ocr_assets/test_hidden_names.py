"""Which posts miss a name, and what a name is made of."""

import pytest

from ocr_assets.decoding import Candidate
from ocr_assets.extract.signer import is_of_names, is_post_line
from ocr_assets.hidden_names import Row, is_hidden, nameless_posts, of_names

WIDTH = 2480
POST = Row((1500, 1000, 2000, 1060), "KT. CHỦ TỊCH", 0.99)
DEPUTY = Row((1500, 1070, 2000, 1130), "PHÓ CHỦ TỊCH", 0.99)
SCRAWL = Row((1600, 1300, 1900, 1360), "7/2AN", 0.5)


def below(text: str, certainty: float = 0.99, left: int = 1550) -> Row:
    return Row((left, 1500, left + 420, 1560), text, certainty)


def test_the_lowest_post_of_a_block_asks_for_its_name():
    assert nameless_posts([POST, DEPUTY, SCRAWL], WIDTH) == [DEPUTY.box]


def test_two_that_sign_side_by_side_each_ask_for_theirs():
    left = Row((800, 1000, 1100, 1060), "HIỆU TRƯỞNG", 0.99)
    right = Row((1900, 1000, 2200, 1060), "CHỦ TỊCH", 0.99)
    named = below("Trần Văn An", left=1850)
    assert nameless_posts([left, right, named], WIDTH) == [left.box]


@pytest.mark.parametrize("name", ["Đỗ Đức Lan", "Đại tá Lê Văn Tiến", "NGUYỄN VĂN AN"])
def test_a_name_that_was_read_ends_the_search(name):
    assert nameless_posts([DEPUTY, below(name)], WIDTH) == []


@pytest.mark.parametrize("torn", ["ức Lan", "Lham Thuy Sơn", "Đỗ Đức Ian"])
def test_a_torn_name_does_not_end_the_search(torn):
    assert nameless_posts([DEPUTY, below(torn)], WIDTH) == [DEPUTY.box]


def test_a_post_that_text_follows_is_no_signature():
    running = Row((250, 1300, 2300, 1360), "Căn cứ Luật Tổ chức chính quyền địa phương", 0.99)
    assert nameless_posts([DEPUTY, running], WIDTH) == []


def test_what_was_read_well_hides_nothing():
    assert not is_hidden((1500, 1490, 2000, 1570), [below("Quảng Ngãi, ngày 15")])
    assert is_hidden((1500, 1490, 2000, 1570), [below("Q7 /ng", 0.6)])


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("Nguyễn Văn Thọ", True), ("NgôVănDũng", True), ("Tuãn", False), ("huy", False), ("", True)],
)
def test_names_are_made_of_known_syllables(text, is_name):
    assert is_of_names(text) is is_name


def test_a_rival_that_is_a_name_is_taken_where_the_reading_is_unsure():
    rivals = [Candidate("Ian", 0.0), Candidate("Lan", -4.0), Candidate("Tan", -9.0)]
    assert [c.text for c in of_names(rivals, 0.6)] == ["Lan"]
    assert of_names(rivals, 0.97)[0].text == "Lan"
    far = [Candidate("Kdăm", 0.0), Candidate("Đăm", -7.0), Candidate("Cẩm", -9.0)]
    assert of_names(far, 0.97) == far


@pytest.mark.parametrize(
    "line", ["T/M ĐẢNG ỦY", "K/T CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "T/L GIÁM ĐỐC"]
)
def test_a_mark_of_authority_opens_a_block(line):
    assert is_post_line(line)
