"""A secrecy stamp is found however its tones were read; the same words in a sentence are none."""

import gzip
import json
import unicodedata
from dataclasses import replace

import pytest

from ocr_assets.reading import Box, Line, PageReading, Word
from ocr_assets.secrecy import bears_secrecy_stamp, is_declared_secret

WIDTH, HEIGHT = 2480, 3508


def line(text, left=300, top=620, gap=20):
    words, x = [], left
    for token in text.split():
        box = Box(x, top, x + 40 * len(token), top + 60)
        words.append(Word(token, box, 0.9))
        x = box.right + gap
    return Line(tuple(words), Box(left, top, words[-1].box.right, top + 60), 0.9, "test")


def page(*lines, number=1):
    return PageReading(number, WIDTH, HEIGHT, 300, 0, lines)


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "MÂT",
        "MAT",
        "MẶT",
        "TÔI MẬT",
        "TUYÊT MÂT",
        "TUYẸT MẠT",
        "TUYET MAT",
        "| MẬT |",
        "[TỐI MẬT]",
        "TỐlI MẬT",
        "TUYỆT MẬI",
        ".MẬT.",
        "IMẬTI",
        "MMẬT",
        "MẬT]",
    ],
)
def test_a_stamp_is_found_whatever_became_of_its_tones(text):
    assert bears_secrecy_stamp([page(line("Số: 12/BC-UBND", top=470), line(text))])


@pytest.mark.parametrize(
    "text",
    [
        "bảo mật",
        "Mật độ",
        "BÍ MẬT NHÀ NƯỚC",
        "BẢO MẬT",
        "Mật",
        "mật",
        "MẬT ĐỘ DÂN SỐ",
        "BÍ MẬT",
        "MẶT BẰNG",
        "TỐI",
        "HỎA TỐC",
        "KHẨN",
        "Số: 12/BC-UBND",
        "V/v bảo vệ BÍ MẬT",
        "GAN MẬT",
        "Độ mật:",
        "Độ mật: ...........",
        "Độ mật: Thường",
        "Bảo vệ độ mật: xem Điều 3",
    ],
)
def test_words_that_only_look_alike_are_no_stamp(text):
    assert not bears_secrecy_stamp([page(line(text))])


def test_a_stamp_read_into_one_line_with_the_other_column_is_found():
    stamp = line("MẬT").words
    date = line("Hà Nội, ngày 05 tháng 3 năm 2025", left=1300).words
    both = Line(stamp + date, Box(300, 620, 2300, 680), 0.9, "test")
    assert bears_secrecy_stamp([page(both)])


@pytest.mark.parametrize(("left", "top"), [(1700, 620), (300, 2600), (300, 20)])
def test_the_word_elsewhere_on_the_page_is_no_stamp(left, top):
    assert not bears_secrecy_stamp([page(line("MẬT", left=left, top=top))])


def test_an_attachment_can_be_stamped_as_well():
    assert bears_secrecy_stamp([page(line("Điều 1")), page(line("MẬT"), number=2)])
    assert not bears_secrecy_stamp([page(line("Điều 1")), page(line("Điều 2"), number=2)])
    assert not bears_secrecy_stamp([])


@pytest.mark.parametrize(
    "text",
    ["Độ mật: Mật", "ĐỘ MẬT: TỐI MẬT", "Mức độ mật: tuyệt mật", "Độ mât : Mât", "Do mat: MAT"],
)
def test_the_line_of_a_form_that_states_a_degree_counts_wherever_it_stands(text):
    assert bears_secrecy_stamp([page(line(text, left=1400, top=2000))])


@pytest.mark.parametrize(
    ("stamp", "is_secret"),
    [
        ("MẬT", True),
        ("MÂ", True),
        ("TỐI MẬT\n1", True),
        ("ÕI MẬT", True),
        ("TUYỆT\nMẬT", True),
        ("HỎA TỐC", False),
        ("THƯỢNG KHẨN", False),
        ("KHẨN", False),
        ("MẪU", False),
        ("CÔNG VĂN ĐẾN\nSố: 12", False),
        ("SAO Y", False),
        ("GIÁM", False),
        ("H", False),
        ("", False),
    ],
)
def test_what_stands_in_a_red_frame_counts_wherever_it_stands(stamp, is_secret):
    sheet = replace(page(line("Điều 1"), number=3), stamps=(stamp,))
    assert bears_secrecy_stamp([sheet]) is is_secret


def test_no_line_of_the_legal_texts_states_a_degree_by_its_words(corpus):
    with gzip.open(corpus / "vn_text" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [unicodedata.normalize("NFC", json.loads(each)["text"]) for each in lines]
    about = [
        piece
        for text in texts
        for row in text.splitlines()
        if "mật" in row.lower()
        for piece in (row[i : i + 90] for i in range(0, len(row), 90))
        if piece.split()
    ]
    assert len(about) > 500
    assert not any(bears_secrecy_stamp([page(line(piece))]) for piece in about)


@pytest.mark.parametrize(
    ("told", "is_secret"),
    [
        ("", False),
        ("thuong", False),
        ("mat", True),
        ("toi_mat", True),
        ("TUYET_MAT", True),
        ("no idea", True),
    ],
)
def test_a_declared_degree_is_a_secret_and_so_is_an_unknown_word(told, is_secret):
    assert is_declared_secret(told) is is_secret
