# ruff: noqa: S311 - drawings, not secrets
import random

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from demo.documents import documents
from demo.drawing.faces import Faces
from demo.drawing.hand import Hand
from demo.drawing.pages import lay_out
from demo.drawing.scanner import Scan, scanned
from demo.drawing.seal import SealText, seal
from demo.drawing.sheet import Sheet
from demo.errors import AssetMissing, GlyphMissing


@pytest.fixture
def latin_only(tmp_path):
    """A font with the letters of English and no others."""
    letters = [chr(code) for code in range(32, 127)]
    names = {ord(letter): f"g{ord(letter)}" for letter in letters}
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((400, 0))
    pen.lineTo((400, 700))
    pen.closePath()
    glyph = pen.glyph()
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Latin Only", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "LatinOnly.ttf")
    return Faces(tmp_path, {"r": "LatinOnly.ttf"})


def test_a_font_without_vietnamese_letters_is_refused_before_it_draws_a_box(latin_only):
    assert latin_only.width("r", 20, "Quyet dinh") > 0
    with pytest.raises(GlyphMissing, match=r"LatinOnly\.ttf lacks 3 letters"):
        latin_only.width("r", 20, "Quyết định")


def test_decomposed_text_is_composed_before_its_letters_are_looked_up(fonts):
    assert Faces(fonts).checked("r", "Quye\u0302\u0301t") == "Quyết"


def test_a_missing_font_is_named_with_what_to_do(tmp_path):
    with pytest.raises(AssetMissing, match=r"Tinos_400Regular\.ttf.*kho setup"):
        Faces(tmp_path)


def test_all_words_of_all_documents_have_glyphs_and_stand_on_their_sheets(fonts, mnist):
    document = documents(155)["gl-qd-2417"]
    sheets = lay_out(document, Faces(fonts), 72, None, random.Random(1))
    said = " ".join(line for sheet in sheets for line in sheet.lines)
    for paragraph in document.body:
        assert paragraph.text in said or len(sheets) > 1
    for expected in (document.number, document.signer, "Nơi nhận:", "Độc lập - Tự do - Hạnh phúc"):
        assert expected in said


def test_type_and_ink_of_a_sheet_multiply(fonts):
    sheet = Sheet(Faces(fonts), 72)
    sheet.mark(Image.new("L", (40, 40), 255), (200, 30, 40), (100, 100))
    picture = sheet.picture()
    assert picture.getpixel((round(sheet.px(100)), round(sheet.px(100)))) == (200, 30, 40)
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_digits_are_written_as_ink_of_about_the_height_asked_for(fonts, mnist):
    hand = Hand(mnist, Faces(fonts), random.Random(7))
    for digit in "0123456789":
        ink = np.asarray(hand.write(digit, 40))
        assert 30 <= ink.shape[0] <= 50
        assert (ink > 120).mean() > 0.05


def test_one_hand_writes_the_same_digit_a_little_differently_each_time(fonts, mnist):
    hand = Hand(mnist, Faces(fonts), random.Random(7))
    first, second = hand.write("8", 40), hand.write("8", 40)
    assert first.tobytes() != second.tobytes()


def test_a_seal_has_ink_in_its_rim_and_a_hollow_between_rings(fonts):
    ink = np.asarray(seal(SealText("ỦY BAN NHÂN DÂN", ()), 200, Faces(fonts)))
    assert ink[100, 0:6].max() > 150
    assert ink[0:4, 0:4].max() == 0


def test_a_scanner_skews_tints_and_adds_noise_the_same_way_each_time():
    page = Image.new("RGB", (300, 400), (255, 255, 255))
    scan = Scan(dpi=72, skew=2.0, tint=(250, 240, 220))
    first = scanned(page.copy(), None, scan, random.Random(3))
    second = scanned(page.copy(), None, scan, random.Random(3))
    assert first.tobytes() == second.tobytes()
    red, _, blue = np.asarray(first).reshape(-1, 3).mean(axis=0)
    assert red - blue > 20
    assert np.asarray(first)[:, :, 0].std() > 1
