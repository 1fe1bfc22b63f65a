"""A number of one stroke, or of too many: something is read, and the page is never lost."""

import cv2
import numpy as np
import pytest
from PIL import ImageDraw

from ocr_assets.digitize import load_reader
from ocr_assets.extract import describe
from ocr_assets.gaps import DAY, MONTH, NUMBER, Gap
from ocr_assets.handwriting import DigitReader
from ocr_assets.posteriors import Recogniser
from tests.support.pages import LETTER, as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
WITHOUT_NUMBER = [line for line in LETTER if not line[1].startswith("Số")]


@pytest.fixture(scope="module")
def reader(profile):
    return load_reader(profile)


@pytest.mark.parametrize("strokes", [1, 2, 9])
def test_strokes_in_the_gap_of_the_number_cost_no_page(reader, strokes):
    gap = [((250, 460), "Số:"), ((700, 460), "/QĐ-UBND")]
    page = printed(FONT, lines=(*WITHOUT_NUMBER, *gap))
    draw = ImageDraw.Draw(page)
    for i in range(strokes):
        x = 380 + i * 34
        draw.line((x + 12, 455, x, 520), fill=(20, 20, 60), width=7)
    read = reader.read(as_pixels(page), 1, 300)
    number = describe([read])["number"]
    assert number.value.endswith("/QĐ-UBND")


@pytest.mark.parametrize("kind", [NUMBER, DAY, MONTH])
@pytest.mark.parametrize("strokes", [1, 8])
def test_any_ink_in_a_gap_is_taken_for_some_digits(toolbox, kind, strokes):
    page = np.full((200, 900), 255, np.uint8)
    for i in range(strokes):
        cv2.line(page, (230 + 60 * i, 75), (222 + 60 * i, 125), 20, 7)
    gap = Gap(kind, 3, 3, 200.0, 200.0 + 70 * strokes, "")
    given = DigitReader(Recogniser(toolbox.recogniser)).read(page, gap, (40.0, 70.0, 860.0, 130.0))
    assert given is not None
    assert given.text.isdigit()
    assert 0 <= given.confidence <= 1
