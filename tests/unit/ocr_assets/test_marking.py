"""A passage that was found is shown where it stands: line by line, however it was parted."""

import pytest

from ocr_assets.marking import places_of
from ocr_assets.reading import Box, Line, PageReading, Word


def line(top: int, *words: str) -> Line:
    boxes = [Box(100 * at, top, 100 * at + 80, top + 20) for at in range(len(words))]
    spelled = tuple(Word(text, box, 0.9) for text, box in zip(words, boxes, strict=True))
    return Line(spelled, Box(0, top, 1000, top + 20), 0.9, "test")


PAGE = PageReading(
    1, 1000, 500, 300, 0,
    (
        line(0, "Yêu", "cầu", "lắp", "lại", "họng"),
        line(50, "nước,", "số", "155/KH-UBND"),
        line(90, "HỌNG"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "places"),
    [
        ("lắp lại", [(0.2, 0.0, 0.38, 0.04)]),
        ("họng nước", [(0.4, 0.0, 0.48, 0.04), (0.0, 0.1, 0.08, 0.14)]),
        ("HONG", [(0.4, 0.0, 0.48, 0.04)]),
        ("155/KH-UBND", [(0.2, 0.1, 0.28, 0.14)]),
        ("155 KH UBND", [(0.2, 0.1, 0.28, 0.14)]),
        ("lắp họng", []),
        ("ắp", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_passage_is_shown_line_by_line_where_it_stands_first(passage, places):
    assert places_of(passage, PAGE) == places


def test_on_an_empty_page_nothing_is_shown():
    assert places_of("lắp", PageReading(1, 10, 10, 300, 0, ())) == []
