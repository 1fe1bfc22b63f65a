"""Which pairs are held against each other, and that a form used a thousand times makes few."""

import random

import numpy as np

from ocr_assets.duplicates import search, sketch
from ocr_assets.duplicates.shelf import Card, Shelf

RNG = random.Random(4)  # noqa: S311 - made-up words
SYLLABLES = ["".join(RNG.choices("abcdehiklmnoprstuvxy", k=4)) for _ in range(900)]


def text():
    return RNG.choices(SYLLABLES, k=150)


def card(name, words=None, look=None, key=None, number=None):
    return Card(name, sketch.sketch(" ".join(words)) if words else None, look, key, number)


def look():
    return f"{RNG.getrandbits(256):064x}"


def searched(cards, fresh=None):
    shelf = Shelf.of(cards)
    is_fresh = np.array([fresh is None or one.document_id in fresh for one in cards], bool)
    pairs = search.candidates(shelf, is_fresh)
    return sorted(tuple(sorted((shelf.ids[a], shelf.ids[b]))) for a, b in pairs.tolist())


def test_pairs_alike_in_text_in_looks_or_in_name_are_found_once():
    words, seen = text(), look()
    cards = [
        card("a", words, seen, "5|qd|2025"),
        card("b", words[:-5] + text()[:5], seen, "5|qd|2025"),
        card("c", text(), seen),
        card("d", text(), look(), "7|qd|2025"),
        card("e", None, None, "7|qd|2025"),
        card("f", text(), look()),
        card("g"),
        card("h"),
    ]
    assert searched(cards) == [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")]


def test_what_was_there_before_is_not_compared_again():
    words = text()
    cards = [card(name, words) for name in "abc"]
    assert searched(cards, fresh={"c"}) == [("a", "c"), ("b", "c")]
    assert searched(cards, fresh=set()) == []


def test_a_form_used_often_lists_few_pairs_and_still_finds_the_paper_among_them():
    form = text()
    filled = [
        card(f"{at:04}", [*form, *RNG.choices(SYLLABLES, k=6)], None, f"{at}|qd|1", f"{at}")
        for at in range(600)
    ]
    again = card("x", [*form, *RNG.choices(SYLLABLES, k=6)], None, "77|qd|1", "77")
    pairs = searched([*filled, again], fresh={"x"})
    assert ("0077", "x") in pairs
    assert len(pairs) <= search.FORMS + search.PROPOSED
    assert len(searched([*filled, again])) <= 601 * (search.FORMS + 1)


def test_an_empty_shelf_has_no_pairs():
    assert searched([]) == []
