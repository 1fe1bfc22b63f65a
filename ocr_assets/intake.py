"""A delivered folder held against its manifest: what came, what is missing, what nobody declared.

A delivery is known by a digest of its manifest and of every file in it, so a correction of either
is another batch, and the same bytes delivered again are not.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ocr_assets.errors import DigitizationError
from ocr_assets.manifest import FILE, ManifestInvalid, ManifestRow, read_manifest
from ocr_assets.receive import digest_of, media_type_of

COMPLETE = "_COMPLETE"
_LINK = "symbolic link"


class DeliveryUnfinished(DigitizationError):
    """The delivery is still being written: its marker is not there yet."""

    retryable = True


class ReceivedState(StrEnum):
    """How a file stands between the manifest and the folder."""

    RECEIVED = "received"
    MISSING = "missing"
    UNDECLARED = "undeclared"


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """One file of a delivery: as it came, and as the manifest declares it, if it does."""

    ordinal: int
    name: str
    path: Path
    received_state: ReceivedState
    sha256: str | None = None
    size_bytes: int | None = None
    media_type: str | None = None
    agency_code: str | None = None
    bloc: str | None = None
    box_code: str | None = None
    dossier_code: str | None = None
    declared_pages: int | None = None
    secrecy: str | None = None
    operator: str | None = None
    scanner: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A complete delivery; ``digest`` changes with any byte of the manifest or of a file."""

    folder: Path
    files: tuple[DeliveredFile, ...]
    digest: str

    @property
    def received_at(self) -> datetime:
        """Return when the delivery was finished: the same however often it is read again."""
        return datetime.fromtimestamp((self.folder / COMPLETE).stat().st_mtime, UTC)


def is_complete(folder: Path) -> bool:
    """Return whether the delivering office has finished writing ``folder``."""
    return (folder / COMPLETE).is_file()


def batch_key(folder: Path) -> str:
    """Return the partition of a delivery: ``<folder>-<first 8 hex of its digest>``.

    The manifest is not looked into: a wrong one must not hide the other deliveries of an inbox.
    """
    return f"{folder.name}-{_digest(_digests(folder))[:8]}"


def read_delivery(folder: Path) -> Delivery:
    """Return every file of a delivery: declared ones in the manifest's order, then the others.

    Raises:
        DeliveryUnfinished: the marker is missing.
        ManifestInvalid: the manifest is wrong, or a name leads out of the folder.
    """
    if not is_complete(folder):
        raise DeliveryUnfinished(f"{COMPLETE} is missing; wait for the end of the delivery")
    digests = _digests(folder)
    if _LINK in digests.values():
        raise ManifestInvalid("the delivery holds a symbolic link; deliver files only")
    rows = {row.file_name: row for row in read_manifest(folder / FILE)}
    names = [*rows, *sorted(set(digests) - set(rows) - {FILE})]
    paths = _paths(folder)
    files = tuple(
        _file(number, name, paths.get(name, folder / name), rows.get(name), digests.get(name))
        for number, name in enumerate(names, start=1)
    )
    return Delivery(folder, files, _digest(digests))


def _file(
    ordinal: int, name: str, path: Path, row: ManifestRow | None, sha256: str | None
) -> DeliveredFile:
    declared = row.declared() if row is not None else {}
    if sha256 is None:
        return DeliveredFile(ordinal, name, path, ReceivedState.MISSING, **declared)
    state = ReceivedState.UNDECLARED if row is None else ReceivedState.RECEIVED
    size, kind = path.stat().st_size, media_type_of(path)
    return DeliveredFile(ordinal, name, path, state, sha256, size, kind, **declared)


def _paths(folder: Path) -> dict[str, Path]:
    """Return what lies in a folder by its name, our marker and hidden files left out."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {
        unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path
        for path in sorted(found)
        if path.name != COMPLETE and not path.name.startswith(".")
    }


def _digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file; a link is not followed: it could show any file we own."""
    return {
        name: _LINK if path.is_symlink() else _digest_at(path, *_stamp(path))
        for name, path in _paths(folder).items()
    }


def _stamp(path: Path) -> tuple[int, int, int]:
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=50_000)
def _digest_at(path: Path, _inode: int, _size: int, _changed: int) -> str:
    """Return a file's digest; the inbox is looked at every few seconds, its bytes once."""
    return digest_of(path)


def _digest(digests: Mapping[str, str]) -> str:
    told = "\n".join(f"{digest} {name}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(told.encode()).hexdigest()
