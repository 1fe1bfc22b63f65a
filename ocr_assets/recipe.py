"""What decides how a file comes out: tools, models, our own code, settings; as one digest.

The same bytes under the same recipe come out the same, so nobody has to read them again. Names of
agencies and rules for fields are a recipe of their own: a field is found anew in a kept reading.
Whose document it is stands in its copy: the same bytes of another agency become another copy.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from ocr_assets.profile import Declared, Profile
from ocr_assets.receive import digest_of
from ocr_assets.thresholds import SHIPPED, Thresholds
from ocr_assets.toolbox import Toolbox
from ocr_assets.unopened import versions

_ROOM = Path(__file__).parent
# They bring files in, carry work about or sign what was made, and leave the reading alone.
_CARRIERS = frozenset(
    [
        "assets",
        "attempt",
        "bag",
        "balance",
        "bare_environment",
        "batch",
        "bounds",
        "careful",
        "comparison",
        "copy_signer",
        "crew",
        "delivery_digest",
        "delivery_ledger",
        "intake",
        "journal",
        "manifest",
        "mark",
        "mark_place",
        "names",
        "notary",
        "parcels",
        "parts",
        "patch_code",
        "recipe",
        "refusal",
        "separator_sheets",
        "separators",
        "side_process",
        "signed_copy",
        "signing",
        "stack",
        "stack_process",
        "thresholds",
        "unzip",
        "worker",
        "worker_process",
        "zip_members",
    ]
)
_LIBRARIES = ("fonttools", "numpy", "opencv-python-headless", "pillow", "pypdfium2")
_NOT_SETTINGS = frozenset({"toolbox", "agencies", "thresholds", "limits"})


@dataclass(frozen=True, slots=True)
class Recipes:
    """The recipes of one profile: what decides a reading, and what decides the fields in it."""

    reading: str
    fields: str

    def of(self, declared: Declared | None) -> str:
        """Return what decides how a file comes out: its copy says whose it is."""
        return _digest([self.reading, asdict(declared) if declared else None])


def recipes_of(profile: Profile) -> Recipes:
    """Return the recipes by which ``profile`` digitises."""
    return Recipes(recipe_of(profile), fields_recipe_of(profile.agencies, profile.thresholds))


@lru_cache(maxsize=8)
def recipe_of(profile: Profile) -> str:
    """Return the digest of all that decides a file's reading."""
    settings = {
        field.name: _told(getattr(profile, field.name))
        for field in fields(profile)
        if field.name not in _NOT_SETTINGS
    }
    bounds = {name: value for name, value in asdict(profile.limits).items() if "max" in name}
    parts = versions() | {name: version(name) for name in _LIBRARIES}
    return _digest([*_code(), *_models(profile.toolbox), parts, settings, bounds])


@lru_cache(maxsize=8)
def fields_recipe_of(agencies: tuple[str, ...], thresholds: Thresholds = SHIPPED) -> str:
    """Return the digest of all that decides which fields are found in a reading, and accepted."""
    rules = [*sorted((_ROOM / "extract").glob("*.py")), _ROOM / "thresholds.py"]
    return _digest([*map(digest_of, rules), agencies, asdict(thresholds)])


def _told(setting: object) -> object:
    """Return what a setting says; of a file or folder, what is in it counts and not where it is."""
    if not isinstance(setting, Path):
        return setting
    files = [setting] if setting.is_file() else sorted(setting.rglob("*"))
    return [(path.name, digest_of(path)) for path in files if path.is_file()]


def _code() -> Iterator[tuple[str, str]]:
    """Yield the modules and tables of this room that a result depends on, with their digests."""
    files = [path for path in _ROOM.glob("*.py") if path.stem not in _CARRIERS]
    for path in sorted([*files, *(_ROOM / "data").iterdir()]):
        yield path.name, digest_of(path)


def _models(toolbox: Toolbox) -> Iterator[tuple[str, str]]:
    found = [path for path in toolbox.models.glob("*") if path.suffix != ".source-sha256"]
    for path in sorted([*found, toolbox.language_data]):
        if path.is_file():
            yield path.name, digest_of(path)


def _digest(parts: Iterable[object]) -> str:
    told = json.dumps(list(parts), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
