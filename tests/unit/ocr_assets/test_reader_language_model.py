"""The language model: likely after what, strangers, numbers; and the lattice that asks it."""

import json

import pytest

from ocr_assets.decoding import Candidate
from ocr_assets.language_model import (
    NUMBER,
    UNKNOWN,
    LanguageModel,
    build,
    read_texts,
    tokens,
)
from ocr_assets.lattice import Lattice

TEXTS = ["Công tác cổ phần hóa công ty năm 2024.", "Về công tác cổ phần hoá; kế hoạch năm 2025"]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    file = tmp_path_factory.mktemp("model") / "model.npz"
    build([*TEXTS, *TEXTS, "một người lạ"], file)
    return LanguageModel(file)


def test_tokens_have_no_case_no_edges_and_one_place_for_a_tone():
    assert tokens("“Hoá đơn, HÓA - Quý") == ["hóa", "đơn", "hóa", "quý"]


def test_a_syllable_of_one_text_only_is_not_kept(model):
    assert model.code("lạ") == UNKNOWN


def test_all_numbers_are_one(model):
    assert model.code("2024") == model.code("1/2") == NUMBER


def test_what_was_seen_is_likelier_than_what_was_not(model):
    a, b, seen, unseen = (model.code(t) for t in ("công", "tác", "cổ", "phần"))
    assert model.score(a, b, seen) > model.score(a, b, unseen) > model.score(a, b, UNKNOWN)


def test_probabilities_of_all_followers_sum_to_one_at_most(model):
    from math import exp

    a, b = model.code("công"), model.code("tác")
    total = sum(exp(model.score(a, b, c)) for c in range(1, model._size))
    assert 0.95 < total < 1.0001


def test_texts_are_read_from_plain_and_packed_files(tmp_path):
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "hai"}) + "\n", encoding="utf-8")
    assert list(read_texts(tmp_path)) == ["một", "hai"]


def test_the_shipped_model_is_small_and_holds_common_syllables():
    from ocr_assets.language_model import SHIPPED

    assert SHIPPED.stat().st_size < 5_000_000
    shipped = LanguageModel()
    assert all(shipped.code(t) != UNKNOWN for t in tokens("ủy ban nhân dân quyết định"))


def word(*candidates):
    return [Candidate(text, score) for text, score in candidates]


def test_the_sentence_decides_between_close_readings(model):
    sentence = [
        word(("công", 0.0)),
        word(("tác", 0.0)),
        word(("phần", 0.0), ("cổ", -1.0)),
        word(("phần", 0.0)),
    ]
    choices = Lattice(model).choose(sentence)
    assert [c.text for c in choices] == ["công", "tác", "cổ", "phần"]
    assert choices[2].share < 1.0
    assert choices[0].share == 1.0


def test_a_clear_reading_is_not_talked_over(model):
    sentence = [word(("công", 0.0)), word(("tác", 0.0)), word(("phần", 0.0), ("cổ", -12.0))]
    assert Lattice(model).choose(sentence)[2].text == "phần"


def test_no_words_make_no_choices(model):
    assert Lattice(model).choose([]) == []
