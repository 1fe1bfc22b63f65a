"""In what form a delivery comes, and when it has come whole.

A folder is whole when its marker is there, the last thing that was written. A BagIt bag lists its
own files, and a ZIP has an end: these are whole without a marker once nobody has touched them for a
while. The moment of the last touch is the file system's own (ctime), which copying programs cannot
set back.
"""

import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ocr_assets.unzip import is_whole

COMPLETE = "_COMPLETE"
BAG = "bagit.txt"
ZIP = ".zip"
SETTLED_S = 30.0  # two looks of the sensor
ABANDONED_S = 3600.0  # what is not whole by then is looked at as it is, and refused


class Form(StrEnum):
    """The forms a delivery may have."""

    FOLDER = "folder"
    BAG = "bag"
    ZIP = "zip"
    ZIPPED_BAG = "zipped_bag"


def is_zip(place: Path) -> bool:
    """Return whether the delivery at ``place`` is a ZIP, by its name."""
    return place.suffix.lower() == ZIP


def name_of(place: Path) -> str:
    """Return the name that all versions of a delivery share, whatever their form."""
    return place.stem if is_zip(place) else place.name


def places_in(inbox: Path) -> list[Path]:
    """Return where complete deliveries lie in ``inbox``, by name."""
    if not inbox.is_dir():
        return []
    return sorted(place for place in inbox.iterdir() if is_complete(place))


def is_complete(place: Path, now: float | None = None) -> bool:
    """Return whether the delivering office has finished writing what lies at ``place``."""
    if place.name.startswith("."):
        return False
    if place.is_symlink():
        return True  # it is refused as it is: what it leads to may be the whole disk
    marker = _marker(place)
    is_marked = marker.is_file() and place.exists()
    if not is_marked and not (is_zip(place) and place.is_file()) and not (place / BAG).is_file():
        return False
    touched = _last_touched(place)
    quiet = (time.time() if now is None else now) - touched
    if is_marked:  # what is written after the marker is another delivery in the making
        return touched <= marker.lstat().st_ctime or quiet >= SETTLED_S
    is_whole_now = is_whole(place) if place.is_file() else _lists_itself(place)
    return quiet >= (SETTLED_S if is_whole_now else ABANDONED_S)


def delivered_at(place: Path) -> datetime:
    """Return when the delivery was finished: the same however often it is asked."""
    marker = _marker(place)
    told = marker if not place.is_symlink() and marker.is_file() else place
    if told.is_symlink():
        moment = told.lstat().st_mtime
    elif told.is_dir():
        moment = max(path.stat().st_mtime for path in (told, *told.glob("*manifest-*.txt")))
    else:
        moment = told.stat().st_mtime
    return datetime.fromtimestamp(moment, UTC)


def _marker(place: Path) -> Path:
    return place.with_name(f"{place.name}.{COMPLETE}") if is_zip(place) else place / COMPLETE


def _lists_itself(bag: Path) -> bool:
    """Return whether the last thing that makers of bags write is there: a list of files."""
    return any(bag.glob("*manifest-*.txt"))


def _last_touched(place: Path) -> float:
    """Return when a file was last touched; folders are touched by the marker put into them."""
    files = (
        path
        for path in (place, *place.rglob("*"))
        if not path.is_dir() and not path.name.startswith(".")
    )
    return max((path.lstat().st_ctime for path in files), default=place.lstat().st_ctime)
