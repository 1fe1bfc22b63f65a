"""Known-bad pages are bad in the way they say, and do not give themselves away."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from ocr_assets.acceptance.known_bad import KINDS, draw_bad
from ocr_assets.errors import EngineMissing
from tests.support.tools import TOOLS

FONTS = TOOLS / "npm" / "node_modules"


@pytest.fixture(scope="module")
def drawn():
    """One bad file of every kind, and further ones."""
    found, seed = {}, 0
    while len(found) < len(KINDS):
        bad = draw_bad(f"seed {seed}", FONTS)
        found.setdefault(bad.defect, (f"seed {seed}", bad))
        seed += 1
    return found


def pixels(bad, page=1):
    picture = pypdfium2.PdfDocument(bad.content)[page - 1].render(scale=0.5).to_pil()
    return np.asarray(picture.convert("L")).astype(float)


def sharpness(picture):
    return np.abs(np.diff(picture, axis=0)).mean()


def test_a_bad_file_is_drawn_again_from_its_seed(drawn):
    seed, bad = drawn["cut_edge"]
    again = draw_bad(seed, FONTS)
    assert (again.content, again.defect, again.claims) == (bad.content, bad.defect, bad.claims)
    assert len({bad.content for _, bad in drawn.values()}) == len(KINDS)


def test_it_has_the_pages_it_says_and_the_page_to_look_at_is_one_of_them(drawn):
    for _, bad in drawn.values():
        assert len(pypdfium2.PdfDocument(bad.content)) == bad.page_count
        assert 1 <= bad.page <= bad.page_count


def test_a_blurred_page_is_blurred_and_a_turned_one_lies(drawn):
    good = pixels(drawn["wrong_field_value"][1])
    assert sharpness(pixels(drawn["blurred"][1])) < 0.7 * sharpness(good)
    turned = pixels(drawn["wrong_rotation"][1])
    rows, columns = (np.abs(np.diff(turned.mean(axis=axis))).mean() for axis in (1, 0))
    upright = [np.abs(np.diff(good.mean(axis=axis))).mean() for axis in (1, 0)]
    is_upside_down = turned.shape == good.shape and rows > columns
    assert (rows < columns) != (upright[0] < upright[1]) or is_upside_down


def test_a_cut_page_has_letters_at_its_edge(drawn):
    edge = pixels(drawn["cut_edge"][1])[:, :4]
    assert edge.min() < 150
    assert pixels(drawn["wrong_field_value"][1])[:, :4].min() > 200


def test_the_gap_of_a_missing_page_shows_on_the_page_after_it(drawn):
    _, bad = drawn["missing_page"]
    assert (bad.page, bad.page_count, bad.claims) == (2, 2, {})


def test_claims_look_like_those_of_a_document(drawn):
    for kind, (_, bad) in drawn.items():
        if kind != "missing_page":
            assert set(bad.claims) == {"number", "date", "issuer", "type"}


def test_what_is_claimed_does_not_show_in_a_message():
    assert "UBND" not in repr(draw_bad("s", FONTS))


def test_without_its_type_face_it_says_what_to_run(tmp_path):
    with pytest.raises(EngineMissing, match="kho setup"):
        draw_bad("s", Path(tmp_path))
