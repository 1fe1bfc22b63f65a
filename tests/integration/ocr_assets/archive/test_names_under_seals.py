"""A name that a seal and a signature lie on is read where the post above it says one must stand."""

import pytest
from PIL import ImageDraw, ImageFont

from ocr_assets import trueocr_reader
from ocr_assets.digitize import load_reader
from ocr_assets.extract import describe
from tests.support.pages import LETTER, as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
BOLD = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"
INK = (20, 20, 20)
NAME, PLACE = "Đặng Hữu Khánh", (1500, 2330)
BODY = [
    ((250, 1500), "Đề nghị các đồng chí sắp xếp thời gian, dự họp đúng thành phần và đầy đủ./."),
    ((250, 1750), "Nơi nhận:"),
    ((250, 1830), "- Như trên;"),
    ((250, 1910), "- Lưu: VT."),
    ((1500, 1750), "KT. CHỦ TỊCH"),
]


@pytest.fixture(scope="module")
def reader(profile):
    return load_reader(profile)


def sealed(colour=INK, post="PHÓ CHỦ TỊCH", name=NAME):
    """Return a page whose signer's name lies under the rim of a seal and a pen's last strokes."""
    page = printed(FONT, lines=(*LETTER, *BODY))
    draw = ImageDraw.Draw(page)
    bold = ImageFont.truetype(str(BOLD), 56)
    draw.text((1480, 1830), post, fill=INK, font=bold)
    draw.text(PLACE, name, fill=INK, font=bold)
    draw.ellipse((1190, 1930, 1650, 2390), outline=colour, width=7)
    draw.ellipse((1215, 1955, 1625, 2365), outline=colour, width=3)
    pen = [(1330, 2150), (1470, 2000), (1490, 2330), (1600, 2060), (1640, 2330), (1760, 2130)]
    draw.line(pen, fill=colour, width=8, joint="curve")
    draw.line([(1400, 2410), (1640, 2320), (2050, 2290)], fill=colour, width=6)
    return page


@pytest.mark.parametrize("colour", [INK, (210, 40, 60)], ids=["black", "red"])
def test_a_name_under_a_seal_is_read(reader, colour):
    assert describe([reader.read(as_pixels(sealed(colour)), 1, 300)])["signer"].value == NAME


def test_it_is_the_second_look_that_reads_it(reader, monkeypatch):
    monkeypatch.setattr(trueocr_reader, "nameless_posts", lambda *_: [])
    found = describe([reader.read(as_pixels(sealed()), 1, 300)])
    assert "signer" not in found or found["signer"].value != NAME


def test_nothing_is_invented_below_a_post_where_only_a_seal_stands(reader):
    found = describe([reader.read(as_pixels(sealed(name="")), 1, 300)])
    assert "signer" not in found


def test_text_that_was_read_is_never_replaced(reader):
    page = printed(
        FONT,
        lines=(
            *LETTER,
            ((500, 1500), "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH"),
            ((250, 1610), "Căn cứ Luật Tổ chức Chính quyền địa phương ngày 19/6/2015;"),
            ((250, 1710), "Căn cứ Luật Thi đua, Khen thưởng ngày 26/11/2003 và các văn bản;"),
        ),
    )
    text = reader.read(as_pixels(page), 1, 300).text
    assert "Luật Tổ chức Chính quyền địa phương ngày 19/6/2015" in text
    assert "Khen thưởng ngày 26/11/2003" in text
