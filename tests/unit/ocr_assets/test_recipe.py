"""The recipe changes with whatever changes a result, and with nothing else."""

from dataclasses import replace

import pytest

from ocr_assets import recipe
from ocr_assets.profile import Declared, Limits, Profile
from ocr_assets.recipe import fields_recipe_of, recipe_of, recipes_of
from ocr_assets.thresholds import Thresholds
from ocr_assets.toolbox import Toolbox


@pytest.fixture
def profile(tmp_path):
    tools = Toolbox(tmp_path)
    for file in (tools.recogniser, tools.language_data):
        file.parent.mkdir(parents=True)
        file.write_bytes(b"a model")
    recipe_of.cache_clear()
    return Profile(tools)


@pytest.mark.parametrize(
    "change",
    [{"reader": "fast"}, {"dpi": 200}, {"low_confidence": 0.6}, {"limits": Limits(max_pages=3)}],
    ids=lambda change: next(iter(change)),
)
def test_another_setting_is_another_recipe(profile, change):
    assert recipe_of(replace(profile, **change)) != recipe_of(profile)


@pytest.mark.parametrize(
    "change",
    [{"agencies": ("SỞ NỘI VỤ",)}, {"limits": Limits(seconds_per_page=1)}],
    ids=lambda change: next(iter(change)),
)
def test_what_does_not_change_the_reading_does_not_change_the_recipe(profile, change):
    assert recipe_of(replace(profile, **change)) == recipe_of(profile)


def test_another_place_of_the_same_tools_is_the_same_recipe(profile, tmp_path):
    before = recipe_of(profile)
    moved = tmp_path / "moved"
    for path in ("models", "tessdata"):
        moved.mkdir(exist_ok=True)
        (profile.toolbox.root / path).rename(moved / path)
    assert recipe_of(replace(profile, toolbox=Toolbox(moved))) == before


def test_another_model_is_another_recipe(profile):
    before = recipe_of(profile)
    recipe_of.cache_clear()
    profile.toolbox.recogniser.write_bytes(b"a better model")
    assert recipe_of(profile) != before


def test_another_engine_version_is_another_recipe(profile, monkeypatch):
    before = recipe_of(profile)
    recipe_of.cache_clear()
    monkeypatch.setattr(recipe, "versions", lambda: {"trueocr": "99"})
    assert recipe_of(profile) != before


def test_modules_that_only_carry_are_there_and_those_that_read_count():
    named = {path.stem for path in recipe._ROOM.glob("*.py")}
    assert named >= recipe._CARRIERS
    counted = {name for name, _ in recipe._code()}
    assert {"trueocr_reader.py", "lattice.py", "syllables.npz", "archive.py"} <= counted


def test_fields_follow_the_agencies():
    assert fields_recipe_of(("A",)) == fields_recipe_of(("A",)) != fields_recipe_of(("A", "B"))
    learned = Thresholds.of_calibration("of-may", {"type": 0.7})
    assert fields_recipe_of(("A",)) != fields_recipe_of(("A",), learned)


def test_whose_document_it_is_decides_how_its_copy_comes_out(profile):
    recipes = recipes_of(profile)
    ours, theirs = Declared("H26.01"), Declared("H26.02")
    assert len({recipes.of(None), recipes.of(ours), recipes.of(theirs)}) == 3
    assert recipes.of(ours) == recipes.of(Declared("H26.01"))
