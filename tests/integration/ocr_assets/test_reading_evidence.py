"""Real readers leave their evidence: both texts, who decided, where each character stands."""

import time

import numpy as np
import pytest
from PIL import Image

from ocr_assets.kept import About, as_parquet, kept_reading
from ocr_assets.reader import BEST, open_reader
from ocr_assets.reading import Decider
from ocr_assets.summary import summarise
from ocr_assets.toolbox import Toolbox
from tests.support.pages import as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="no tools here: run ./kho setup")


@pytest.fixture(scope="module")
def reader():
    return open_reader(BEST, Toolbox(TOOLS))


@pytest.fixture(scope="module")
def faded(reader):
    """A letter on bad paper: some of it is asked twice."""
    page = printed(FONT)
    noise = Image.effect_noise(page.size, 90).convert("RGB")
    return reader.read(as_pixels(Image.blend(page, noise, 0.45)), 1, 300)


def test_every_word_says_where_its_text_comes_from(faded):
    assert len(faded.words) > 40
    for word in faded.words:
        assert word.evidence.decided_by in Decider
        if word.evidence.decided_by is Decider.FIRST:
            assert word.text in word.evidence.first


def test_a_doubtful_line_is_asked_about_twice_and_the_answer_is_kept(faded):
    summary = summarise(faded)
    assert summary.asked > 0
    assert any(word.evidence.second for word in faded.words)
    assert not faded.is_disputed


def test_each_character_has_its_place_within_its_word(faded):
    for word in faded.words:
        edges = word.evidence.characters
        assert len(edges) == len(word.text)
        assert edges[0][0] == word.box.left
        assert edges[-1][1] == word.box.right
        flat = [edge for pair in edges for edge in pair]
        assert flat == sorted(flat)


def test_it_comes_back_from_its_file_as_it_was_read(faded):
    data = as_parquet([faded], About("0" * 64, "1" * 64, BEST, {}))
    assert kept_reading(data)[0] == (faded,)


def test_a_page_only_the_second_reader_sees_text_on_is_disputed(reader, monkeypatch):
    monkeypatch.setattr(reader._layout, "lines", lambda gray: [])
    assert reader.read(as_pixels(printed(FONT)), 1, 300).is_disputed


def test_a_page_on_which_only_the_first_sees_text_is_disputed(reader, monkeypatch):
    monkeypatch.setattr(reader, "_is_doubtful", lambda line: True)
    monkeypatch.setattr(reader._others[0], "read", lambda box: [])
    monkeypatch.setattr(reader._others[0], "sees_text", lambda: False)
    assert reader.read(as_pixels(printed(FONT)), 1, 300).is_disputed


def test_a_blank_page_is_not_disputed(reader):
    blank = np.full((1754, 1240, 3), 255, np.uint8)
    assert not reader.read(blank, 1, 150).is_disputed


def test_keeping_a_full_page_costs_little(faded):
    """15 ms a page are allowed; this many words are several pages' worth."""
    pages = [faded] * 20
    about = About("0" * 64, "1" * 64, BEST, {})
    as_parquet(pages, about)
    started = time.process_time()
    as_parquet(pages, about)
    assert (time.process_time() - started) / len(pages) < 0.015
