"""A delivery held against its manifest: what came, what is missing, what nobody declared.

A delivery is known by a digest of its manifest and of every file in it, so a correction of either
is another batch, and the same bytes delivered again are not: under another name, or in a ZIP.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ocr_assets.bag import PAYLOAD, TAG, content_of, require_valid
from ocr_assets.delivery_digest import LINK, batch_key, digest_over, digests_of, paths_in
from ocr_assets.errors import DigitizationError
from ocr_assets.manifest import FILE, ManifestRow, read_manifest
from ocr_assets.parcels import BAG, COMPLETE, delivered_at, is_complete, is_zip
from ocr_assets.receive import media_type_of
from ocr_assets.refusal import DeliveryRefused, Refusal
from ocr_assets.unzip import unpack

__all__ = [
    "COMPLETE",
    "DeliveredFile",
    "Delivery",
    "DeliveryUnfinished",
    "ReceivedState",
    "batch_key",
    "opened",
    "read_delivery",
]


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
    vendor: str | None = None
    declared_documents: int | None = None

    @property
    def is_stack(self) -> bool:
        """Return whether it is declared to hold several documents, separator sheets between."""
        return (self.declared_documents or 1) > 1


@dataclass(frozen=True, slots=True)
class Delivery:
    """A complete delivery; ``digest`` changes with any byte of the manifest or of a file."""

    folder: Path
    files: tuple[DeliveredFile, ...]
    digest: str
    received_at: datetime


@contextmanager
def opened(place: Path, work: Path) -> Iterator[Delivery]:
    """Give the delivery at ``place``; a ZIP is unpacked under ``work`` and cleared away after.

    Raises:
        DeliveryUnfinished: it is still being written.
        DeliveryRefused: it cannot be taken in as it is.
    """
    if place.is_symlink():
        raise DeliveryRefused(
            Refusal.HOLDS_A_LINK, "the delivery is a symbolic link; deliver the files themselves"
        )
    if not is_zip(place):
        yield read_delivery(place)
        return
    if not is_complete(place):
        raise DeliveryUnfinished("the ZIP is still being written; wait for its end")
    unpacked = work.with_name(f"{work.name}.unpacked")
    shutil.rmtree(unpacked, ignore_errors=True)  # left by a killed run
    try:
        unpack(place, unpacked)
        yield _read(unpacked, delivered_at(place))
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def read_delivery(folder: Path) -> Delivery:
    """Return every file of a delivery: declared ones in the manifest's order, then the others.

    Raises:
        DeliveryUnfinished: the marker is missing, or a bag has not settled.
        DeliveryRefused: the manifest is wrong, a link is there, or a bag does not validate.
    """
    if not is_complete(folder):
        raise DeliveryUnfinished(f"{COMPLETE} is missing; wait for the end of the delivery")
    return _read(folder, delivered_at(folder))


def _read(folder: Path, at: datetime) -> Delivery:
    everything = digests_of(folder)
    if LINK in everything.values():
        raise DeliveryRefused(
            Refusal.HOLDS_A_LINK, "the delivery holds a symbolic link; deliver files only"
        )
    root = folder
    if BAG in everything:
        require_valid(folder)
        root = folder / PAYLOAD
    content = content_of(everything)
    digests = {name: digest for name, digest in content.items() if not name.startswith(TAG)}
    rows = {row.file_name: row for row in read_manifest(root / FILE)}
    names = [*rows, *sorted(set(digests) - set(rows) - {FILE})]
    paths = paths_in(root)
    files = tuple(
        _file(number, name, paths.get(name, root / name), rows.get(name), digests.get(name))
        for number, name in enumerate(names, start=1)
    )
    return Delivery(root, files, digest_over(content), at)


def _file(
    ordinal: int, name: str, path: Path, row: ManifestRow | None, sha256: str | None
) -> DeliveredFile:
    declared = row.declared() if row is not None else {}
    if sha256 is None:
        return DeliveredFile(ordinal, name, path, ReceivedState.MISSING, **declared)
    state = ReceivedState.UNDECLARED if row is None else ReceivedState.RECEIVED
    size, kind = path.stat().st_size, media_type_of(path)
    return DeliveredFile(ordinal, name, path, state, sha256, size, kind, **declared)
