"""The text layer: which words go in, and where a tilted line runs."""

import pytest

from ocr_assets.reading import Box, Line, PageReading, Word
from ocr_assets.textlayer import as_tree, layer_text, without


def reading(*words, rotation=0):
    box = Box(0, 0, 100, 100)
    return PageReading(1, 100, 200, 72.0, rotation, (Line(tuple(words), box, 1.0, "x"),))


def test_words_on_text_the_page_shows_itself_are_left_out():
    page = reading(Word("in", Box(10, 20, 20, 30), 1.0), Word("out", Box(60, 20, 70, 30), 1.0))
    lines = without(page, [(0.0, 0.0, 0.3, 0.5)])
    assert layer_text(lines) == "out"


@pytest.mark.parametrize(
    ("rotation", "area"),
    [
        (90, (0.1, 0.8, 0.2, 1.0)),
        (180, (0.8, 0.8, 1.0, 1.0)),
        (270, (0.8, 0.0, 0.95, 0.2)),
    ],
)
def test_visible_areas_turn_with_the_page(rotation, area):
    # the word stands at (0.1, 0.125) of the upright page
    page = reading(Word("in", Box(5, 20, 15, 30), 1.0), rotation=rotation)
    assert without(page, [area]) == []


def test_a_tilted_line_gets_a_sloping_baseline_and_a_level_one_none():
    level = as_tree(
        reading(), [[Word("a", Box(0, 10, 9, 20), 1.0), Word("b", Box(50, 10, 59, 20), 1.0)]]
    )
    tilted = as_tree(
        reading(), [[Word("a", Box(0, 10, 9, 20), 1.0), Word("b", Box(50, 15, 59, 25), 1.0)]]
    )
    assert level.lines[0].baseline is None
    assert tilted.lines[0].baseline.slope == pytest.approx(0.1)
