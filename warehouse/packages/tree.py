"""A package as it is written: files with what is said of each, in an order that never changes."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.store import Store

XML, TEXT, JSON = "text/xml", "text/plain", "application/json"
TOP = "METS.xml"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a package, by its path from the package's root."""

    path: str
    sha256: str
    size_bytes: int
    media_type: str


class Tree:
    """A folder that becomes a package."""

    def __init__(self, root: Path) -> None:
        """Write below ``root``, which is made if it is not there."""
        self.root = root
        self._items: dict[str, Item] = {}
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def items(self, below: str = "") -> list[Item]:
        """Return what was written so far below a path, by path."""
        return [self._items[path] for path in sorted(self._items) if path.startswith(below)]

    @property
    def content_sha256(self) -> str:
        """Return a digest over names and digests, all but the METS that carries them."""
        items = (item for item in self.items() if item.path != TOP)
        told = "".join(f"{item.sha256}  {item.path}\n" for item in items)
        return hashlib.sha256(told.encode()).hexdigest()

    def write(self, path: str, content: bytes, media_type: str) -> Item:
        """Write one file."""
        return self.write_pieces(path, [content], media_type)

    def write_lines(self, path: str, lines: Iterable[str]) -> Item | None:
        """Write one JSON object a line; no file if there is none."""
        pieces = (f"{line}\n".encode() for line in lines)
        first = next(pieces, None)
        if first is None:
            return None
        return self.write_pieces(path, _chained(first, pieces), JSON)

    def write_pieces(self, path: str, pieces: Iterable[bytes], media_type: str) -> Item:
        """Write one file piece by piece."""
        target = self._target(path)
        digest, size = hashlib.sha256(), 0
        with target.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        return self._keep(Item(path, digest.hexdigest(), size, media_type))

    def fetch(self, path: str, store: Store, sha256: str, media_type: str) -> Item:
        """Copy a file out of the store; one that is damaged or gone is refused."""
        target = store.fetch(sha256, self._target(path))
        return self._keep(Item(path, sha256, target.stat().st_size, media_type))

    def _target(self, path: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _keep(self, item: Item) -> Item:
        self._items[item.path] = item
        return item


def zipped(folder: Path, target: Path, at: datetime) -> None:
    """Write ``folder`` as a ZIP whose bytes follow from its content and ``at`` alone.

    Nothing is compressed: scans are, and another zlib would give other bytes.
    """
    half = target.with_name(f".{target.name}.part")
    moment = at.timetuple()[:6]
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                name = path.relative_to(folder.parent).as_posix()
                entry = zipfile.ZipInfo(name, date_time=(max(moment[0], 1980), *moment[1:]))
                entry.external_attr = 0o600 << 16
                entry.create_system = 3
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, archive.open(entry, "w") as packed:
                    while chunk := source.read(CHUNK):
                        packed.write(chunk)
        _settle(half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
