"""Names and posts pressed in red ink are read; incoming stamps stay out of the reading."""

import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from ocr_assets.digitize import load_reader
from ocr_assets.extract import describe
from tests.support.pages import LETTER, as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
BOLD = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"
RED = (246, 70, 84)  # as bright as paper in one channel: cleaning leaves nothing of it
BODY = [
    ((250, 1500), "Đề nghị các đồng chí sắp xếp thời gian, dự họp đúng thành phần và đầy đủ./."),
    ((250, 1750), "Nơi nhận:"),
    ((250, 1830), "- Như trên;"),
    ((250, 1910), "- Lưu: VT."),
    ((1500, 1750), "KT. GIÁM ĐỐC"),
]


@pytest.fixture(scope="module")
def reader(profile):
    return load_reader(profile)


@pytest.fixture
def signed():
    page = printed(FONT, lines=(*LETTER, *BODY))
    draw = ImageDraw.Draw(page)
    bold = ImageFont.truetype(str(BOLD), 58)
    draw.text((1480, 1840), "PHÓ GIÁM ĐỐC", fill=RED, font=bold)
    draw.text((1560, 2330), "Hà Văn Phúc", fill=RED, font=bold)
    draw.ellipse((1150, 1850, 1600, 2300), outline=RED, width=12)
    draw.ellipse((1230, 1930, 1520, 2220), outline=RED, width=6)
    draw.text((420, 580), "CÔNG VĂN ĐẾN Số: 1234", fill=RED, font=bold)
    return page


def test_a_name_and_a_post_pressed_in_red_are_read(reader, signed):
    read = reader.read(as_pixels(signed), 1, 300)
    assert describe([read])["signer"].value == "Hà Văn Phúc"
    assert "PHÓ GIÁM ĐỐC" in read.text


def test_an_incoming_stamp_stays_out_of_the_reading(reader, signed):
    assert "1234" not in reader.read(as_pixels(signed), 1, 300).text


def test_a_page_on_its_side_shows_its_red_names_as_well(reader, signed):
    lying = np.ascontiguousarray(np.rot90(as_pixels(signed)))
    assert "Văn Phúc" in reader.read(lying, 1, 300).text


def test_a_grey_page_has_no_red_names(reader, signed):
    grey = np.asarray(signed.convert("L"))
    assert "Hà Văn Phúc" in reader.read(np.stack([grey] * 3, axis=2), 1, 300).text
