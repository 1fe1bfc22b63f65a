"""Decoding: the likeliest path, rivals, fit; spaces a recogniser overlooked; opinions."""

import numpy as np
import pytest

from ocr_assets.alignment import fit
from ocr_assets.decoding import Candidate, rivals, words
from ocr_assets.marks import with_marks
from ocr_assets.opinions import Opinion, stretches, weigh
from ocr_assets.placing import Placed, columns, place
from ocr_assets.posteriors import Alphabet, LinePosteriors

ALPHABET = Alphabet(list("aáb12,. "))


def line(path, *, rivals=(), box=(0.0, 0.0, 200.0, 20.0)):
    """Posteriors of a path ('-' is blank); ``rivals``: (step, character, probability)."""
    steps = np.full((len(path), len(ALPHABET.characters)), 1e-9)
    for i, c in enumerate(path):
        steps[i, 0 if c == "-" else ALPHABET.code(c)] = 1.0
    for i, c, p in rivals:
        steps[i, ALPHABET.code(c)] = p
        steps[i, 0 if path[i] == "-" else ALPHABET.code(path[i])] -= p
    return LinePosteriors(box, np.log(steps).astype(np.float32), 0.0, 10.0)


def test_repeats_are_one_character_and_blanks_part_twins():
    assert [w.text for w in words(line("aa-a-bb"), ALPHABET)] == ["aab"]


def test_spaces_part_words_and_never_make_empty_ones():
    assert [w.text for w in words(line(" a- -b "), ALPHABET)] == ["a", "b"]
    assert words(line("----"), ALPHABET) == []


def test_a_rival_comes_with_its_log_ratio():
    (word,) = words(line("-a-b-", rivals=[(1, "á", 0.2)]), ALPHABET)
    found = {c.text: c.score for c in rivals(word, ALPHABET)}
    assert found["ab"] == 0.0
    assert found["áb"] == pytest.approx(np.log(0.2 / 0.8), abs=1e-3)


def test_a_faint_rival_is_found_only_by_a_wide_search():
    (word,) = words(line("-a-b-", rivals=[(1, "á", 0.001)]), ALPHABET)
    assert "áb" not in {c.text for c in rivals(word, ALPHABET)}
    assert "áb" in {c.text for c in rivals(word, ALPHABET, wide=True)}


def test_a_character_hidden_under_a_blank_can_come_out():
    (word,) = words(line("-a--b-", rivals=[(2, "1", 0.3)]), ALPHABET)
    assert "a1b" in {c.text for c in rivals(word, ALPHABET)}


def test_fit_is_zero_for_the_path_and_falls_with_distance():
    (word,) = words(line("-a-b-", rivals=[(1, "á", 0.2)]), ALPHABET)
    assert fit(word, "ab", ALPHABET) == pytest.approx(0, abs=1e-6)
    assert -2 < fit(word, "áb", ALPHABET) < -1
    assert fit(word, "b2", ALPHABET) < -15
    assert fit(word, "ab…", ALPHABET) < 0


def test_the_second_reader_is_heard_but_not_about_digits():
    spotted = [
        Placed(w, (i * 100.0, 0.0, i * 100.0 + 90, 20.0))
        for i, w in enumerate(words(line("-a-b- -1-2-", rivals=[(1, "á", 0.2)]), ALPHABET))
    ]
    candidates = [rivals(p.word, ALPHABET) for p in spotted]
    opinions = [Opinion("áb", 5, 80), Opinion("11", 105, 180)]
    candidates = weigh(opinions, spotted, candidates, ALPHABET)
    assert candidates[0][0].text == "áb"
    assert candidates[0][0].score > 0
    assert candidates[1] == [Candidate("12", 0.0)]


def test_white_after_a_comma_is_a_space_the_recogniser_overlooked():
    gray = np.full((20, 200), 255, np.uint8)
    gray[:, 10:40] = gray[:, 60:110] = 0  # ink, white, ink
    placed = place(words(line("-a-,--b--"), ALPHABET), gray)
    assert [p.word.text for p in placed] == ["a,", "b"]
    gray[:, 40:60] = 0
    assert [p.word.text for p in place(words(line("-a-,--b--"), ALPHABET), gray)] == ["a,b"]


def test_a_wide_gap_parts_columns_in_the_head_of_a_page_only():
    gray = np.full((4000, 2000), 255, np.uint8)
    spotted = words(line("-a- -b-"), ALPHABET)
    head = [Placed(spotted[0], (0, 100, 50, 120)), Placed(spotted[1], (500, 100, 550, 120))]
    foot = [Placed(spotted[0], (0, 3000, 50, 3020)), Placed(spotted[1], (500, 3000, 550, 3020))]
    assert len(list(columns(head, gray.shape[0]))) == 2
    assert len(list(columns(foot, gray.shape[0]))) == 1


@pytest.mark.parametrize(
    ("word", "follower", "best"),
    [("1", "Căn", "1."), ("1", "và", "1,"), ("này", "Theo", "này."), ("này", "theo", "này,")],
)
def test_the_next_word_tells_a_stop_from_a_comma(word, follower, best):
    for first, second in ((".", ","), (",", ".")):
        rivalling = [Candidate(word + first, 0.0), Candidate(word + second, -0.3)]
        weighed = with_marks([rivalling, [Candidate(follower, 0.0)]])[0]
        assert max(weighed, key=lambda candidate: candidate.score).text == best


def test_a_mark_that_is_not_in_question_is_left_alone():
    words_read = [[Candidate("này,", 0.0), Candidate("nay,", -1.0)], [Candidate("Theo", 0.0)]]
    assert with_marks(words_read) == words_read


@pytest.mark.parametrize(
    ("doubts", "runs"),
    [
        ("........", []),
        ("..x.....", [(1, 4)]),
        ("x......x", [(0, 2), (6, 8)]),
        ("x.x.....", [(0, 4)]),
        (".xxxxx..", [(0, 8)]),
    ],
)
def test_words_in_doubt_are_read_again_with_their_neighbours(doubts, runs):
    spotted = words(line("-a- " * 8), ALPHABET)
    placed = [Placed(w, (i * 100.0, 0.0, i * 100.0 + 90, 20.0)) for i, w in enumerate(spotted)]
    assert stretches([doubt == "x" for doubt in doubts], placed) == runs
