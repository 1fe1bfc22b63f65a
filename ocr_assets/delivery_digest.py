"""What makes a delivery the one it is: a digest over the names and bytes of its files."""

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ocr_assets.bag import content_of
from ocr_assets.names import as_text
from ocr_assets.parcels import BAG, COMPLETE, is_zip, name_of
from ocr_assets.receive import digest_of
from ocr_assets.refusal import DeliveryRefused
from ocr_assets.unzip import digests_in

LINK = "symbolic link"
_UNREADABLE = "\0zip"  # stands for the files of a ZIP that cannot be looked into


def batch_key(place: Path) -> str:
    """Return the partition of a delivery: ``<its name>-<first 8 hex of its digest>``.

    The manifest is not looked into: a wrong one must not hide the other deliveries of an inbox.
    """
    return f"{name_of(place)}-{content_digest(place)[:8]}"


def content_digest(place: Path) -> str:
    """Return the digest of what lies at ``place``; of a ZIP, of the files in it."""
    return digest_over(content_of(digests_of(place)))


def is_bag(place: Path) -> bool:
    """Return whether what lies at ``place`` is a bag, in a ZIP or not."""
    return BAG in digests_of(place) if is_zip(place) else (place / BAG).is_file()


def paths_in(folder: Path) -> dict[str, Path]:
    """Return what lies in a folder by its name, our marker and hidden files left out.

    Two names that are one to a reader (composed and decomposed) are two files all the same: the
    second is known by a name no manifest declares, so it is counted and not lost.
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if (path.is_symlink() or path.is_file()) and _counts(path.name):
            name = _readable(path.relative_to(folder).as_posix())
            while name in found:
                name += " (again)"
            found[name] = path
    return found


def _readable(name: str) -> str:
    """Return a name that can be written down, composed: the form that manifests are read in."""
    return as_text(unicodedata.normalize("NFC", name))


def _counts(name: str) -> bool:
    return name != COMPLETE and not name.startswith(".")


def digests_of(place: Path) -> dict[str, str]:
    """Return the digest of every file; a link is not followed: it could show any file we own."""
    if place.is_symlink():
        return {_readable(place.name): LINK}
    if is_zip(place):
        return _digests_in_zip(place, *_stamp(place))
    return {
        name: LINK if path.is_symlink() else _digest_at(path, *_stamp(path))
        for name, path in paths_in(place).items()
    }


def _stamp(path: Path) -> tuple[int, int, int]:
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=50_000)
def _digest_at(path: Path, _inode: int, _size: int, _changed: int) -> str:
    """Return a file's digest; the inbox is looked at every few seconds, its bytes once."""
    return digest_of(path)


@lru_cache(maxsize=1_000)
def _digests_in_zip(path: Path, _inode: int, _size: int, _changed: int) -> dict[str, str]:
    """Return the digests of the files in a ZIP; of one that is refused, of the ZIP itself."""
    try:
        found = digests_in(path)
    except DeliveryRefused:
        return {_UNREADABLE: digest_of(path)}
    return {name: digest for name, digest in found.items() if _counts(Path(name).name)}


def digest_over(digests: Mapping[str, str]) -> str:
    """Return one digest over names and digests, in whatever order they come."""
    told = "\n".join(f"{digest} {name}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(told.encode()).hexdigest()
