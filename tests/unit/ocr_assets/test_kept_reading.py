"""What readers saw is kept whole, and the same reading gives the same bytes."""

import io
import json

import pyarrow.parquet as pq
import pytest

from ocr_assets.kept import About, as_parquet, kept_reading
from ocr_assets.reading import Box, Decider, Evidence, Line, PageReading, Word
from ocr_assets.summary import summarise

ABOUT = About("0" * 64, "1" * 64, "best", {"trueocr": "0.1.1"})


def word(text, at, evidence=None, confidence=0.95):
    return Word(text, Box(at, 10, at + 40, 30), confidence, evidence)


def line(*words):
    mean = sum(w.confidence for w in words) / len(words)
    return Line(words, Box(words[0].box.left, 10, words[-1].box.right, 30), mean, "trueocr")


@pytest.fixture
def readings():
    edges = ((10, 20), (20, 35), (35, 50))
    own = Evidence("Hoà", 0.91, Decider.FIRST, characters=edges)
    asked = Evidence("binh", 0.4, Decider.SECOND, "bình", ((60, 100),))
    nothing = Evidence("…", 0.3, Decider.LANGUAGE, "", ())
    first = PageReading(
        1, 2480, 3508, 300.0, 90,
        (line(word("Hoà", 10, own), word("bình", 60, asked, 0.6)), line(word("là", 10, nothing))),
    )  # fmt: skip
    blank = PageReading(2, 2480, 3508, 299.5, 0, (), is_disputed=True)
    bare = PageReading(4, 100, 200, 72.0, 0, (line(word("x", 5)),))
    return (first, blank, bare)


def test_a_reading_comes_back_as_it_was(readings):
    assert kept_reading(as_parquet(readings, ABOUT)) == (readings, ABOUT)


def test_a_reading_without_a_word_comes_back_too(readings):
    assert kept_reading(as_parquet(readings[1:2], ABOUT))[0] == readings[1:2]


def test_the_same_reading_is_the_same_bytes(readings):
    assert as_parquet(readings, ABOUT) == as_parquet(readings, ABOUT)


def test_any_program_that_reads_parquet_gets_at_the_words(readings):
    table = pq.read_table(io.BytesIO(as_parquet(readings, ABOUT)))
    rows = table.to_pylist()
    assert [row["text"] for row in rows] == ["Hoà", "bình", "là", "x"]
    assert rows[0]["character_edges"] == [10, 20, 20, 35, 35, 50]
    assert [row["second_text"] for row in rows] == [None, "bình", "", None]
    assert [row["decided_by"] for row in rows] == ["first", "second", "language", None]
    about = json.loads(table.schema.metadata[b"kho.about"])
    assert about["reader"] == "best"
    assert about["versions"] == {"trueocr": "0.1.1"}


def test_a_summary_counts_doubts_questions_and_changes(readings):
    first = summarise(readings[0])
    assert (first.words, first.doubtful, first.asked, first.changed) == (3, 1, 2, 1)
    assert not first.is_disputed
    blank = summarise(readings[1])
    assert (blank.words, blank.confidence, blank.is_disputed) == (0, None, True)
