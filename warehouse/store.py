"""The file store: bytes kept once, under the digest of what they are.

Anything fsspec can reach will do; a local folder is the default. What is in the store is never
changed; taking things out is for people, with a decision in hand. A state secret that got in
before anybody knew is the one exception: it must not be here for an hour.
"""

import fcntl
import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.errors import ContentDiffers, FileUnreadable, NotStored

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
CHUNK = 1 << 20
INCOMING = "incoming"  # beside objects/: where files are written before they are whole


class Store:
    """A place for files, by the SHA-256 of their bytes."""

    def __init__(self, url: str | Path) -> None:
        """Keep files at ``url``: a folder, or any address fsspec knows. Nothing is made yet."""
        filesystem, root = fsspec.core.url_to_fs(str(url))
        self._files: Any = filesystem
        self._root = str(root).rstrip("/")
        self._is_local = isinstance(filesystem, LocalFileSystem)

    def put(self, source: Path | bytes, *, sha256: str | None = None) -> str:
        """Keep the bytes of ``source`` and return their digest.

        With ``sha256`` the bytes have to be those; others are refused. Content that is there
        already is looked at again, and replaced if it was damaged.
        """
        digest = _digest(_chunks(source))
        if sha256 is not None and digest != sha256:
            raise ContentDiffers(
                f"the file to be stored is not {sha256} but {digest}: it changed since it was "
                "read; read it again."
            )
        if not self._holds(digest):
            self._write(source, digest)
        return digest

    def has(self, sha256: str) -> bool:
        """Whether such content is here."""
        return bool(self._files.isfile(self._key(sha256)))

    def lacks(self, sha256: str) -> bool:
        """Whether such content is surely not here; ``has`` takes every trouble for an absence.

        Raises:
            FileUnreadable: the place does not say.
        """
        self._files.invalidate_cache()
        try:
            self._files.info(self._key(sha256))
        except FileNotFoundError:
            return True
        except OSError as error:
            raise FileUnreadable(
                f"the store does not say whether {sha256} is there ({type(error).__name__}): look"
                " at the disk or the service behind it."
            ) from None
        return False

    def place(self, sha256: str) -> str:
        """Return where content lies in the store, for people who have to look there."""
        return self._key(sha256)

    def open(self, sha256: str) -> IO[bytes]:
        """Open content for reading."""
        self._require(sha256)
        return cast("IO[bytes]", self._files.open(self._key(sha256), "rb"))

    def path(self, sha256: str) -> Path:
        """Return the file of content in a local store; read it, never write it."""
        if not self._is_local:
            raise NotStored("this store is not a local folder: use open() or fetch().")
        self._require(sha256)
        return Path(self._key(sha256))

    def withdraw(self, sha256: str) -> None:
        """Take out a state secret that was stored before anybody knew; there is no way back."""
        self._require(sha256)
        self._files.rm_file(self._key(sha256))

    def sweep(self) -> int:
        """Remove what writers that were killed have left half written, and say how many files.

        Those who still write are left alone. Only a local store leaves such files.
        """
        if not self._is_local:
            return 0
        halves = Path(self._root, INCOMING).glob("*")
        return sum(map(_remove_if_left, halves))

    def fetch(self, sha256: str, target: Path) -> Path:
        """Copy content from any store to ``target``; a damaged copy is refused."""
        digest = hashlib.sha256()
        with self.open(sha256) as source, target.open("wb") as copy:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() != sha256:
            target.unlink()
            raise ContentDiffers(f"{sha256} is damaged in the store: put it there again.")
        return target

    def read_back(self, sha256: str) -> tuple[str, int]:
        """Read content to its end; return the digest and size of what is really there.

        Raises:
            NotStored: it is not here.
            FileUnreadable: it is, or may be; the place did not give all of it.
        """
        digest, size = hashlib.sha256(), 0
        key = self._key(sha256)
        try:
            self._files.info(key)  # isfile() takes every trouble for an absence
            with self._files.open(key, "rb") as kept:
                while chunk := kept.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except FileNotFoundError:
            raise NotStored(f"{sha256} is not in the store: restore it from a backup.") from None
        except OSError as error:
            raise FileUnreadable(
                f"{sha256} cannot be read from the store ({type(error).__name__}): look at the"
                " disk or the service behind it."
            ) from None
        return digest.hexdigest(), size

    def digests(self) -> Iterator[str]:
        """Yield the digest of everything that is kept here, in no order."""
        self._files.invalidate_cache()
        objects = f"{self._root}/objects"
        if self._files.isdir(objects):
            for _, _, names in self._files.walk(objects):
                yield from (name for name in names if DIGEST.fullmatch(name))

    def _key(self, sha256: str) -> str:
        if not DIGEST.fullmatch(sha256):
            raise NotStored("content is named by its SHA-256: 64 characters 0-9 and a-f.")
        inside = PurePosixPath("objects", sha256[:2], sha256[2:4], sha256)
        return f"{self._root}/{inside}"

    def _require(self, sha256: str) -> None:
        if not self.has(sha256):
            raise NotStored(f"{sha256} is not in the store: put it there, or restore a backup.")

    def _holds(self, digest: str) -> bool:
        if not self.has(digest):
            return False
        with self.open(digest) as kept:
            return _digest(iter(lambda: kept.read(CHUNK), b"")) == digest

    def _write(self, source: Path | bytes, digest: str) -> None:
        target = self._key(digest)
        if self._is_local:
            Path(self._root).parent.mkdir(parents=True, exist_ok=True)
            _write_at_once(source, digest, Path(target), Path(self._root) / INCOMING)
            return
        # What is uploaded is a copy that was looked at: a source may change on the way.
        with tempfile.NamedTemporaryFile(prefix="kho-") as kept:
            _copy(source, digest, kept)
            kept.flush()
            self._files.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            self._files.put_file(kept.name, target)


def _write_at_once(source: Path | bytes, digest: str, target: Path, incoming: Path) -> None:
    """Write ``target`` so that it is there whole or not at all, even if the power goes.

    Its writer holds a lock on the half file, which ends with the writer, however that ends.
    """
    for folder in (*_missing(target.parent), *_missing(incoming)):
        folder.mkdir(mode=0o700, exist_ok=True)
        _settle(folder.parent)
    half = incoming / f"{digest[:8]}-{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            _copy(source, digest, kept)
            kept.flush()
            os.fsync(kept.fileno())
        half.replace(target)
        _settle(target.parent)
    finally:
        half.unlink(missing_ok=True)


def _remove_if_left(half: Path) -> bool:
    """Remove a half file unless its writer lives."""
    try:
        with half.open("rb") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()
    except (BlockingIOError, FileNotFoundError):
        return False  # being written, or finished meanwhile
    return True


def _missing(folder: Path) -> list[Path]:
    """Return the folders to be made, outermost first."""
    return [path for path in (*reversed(folder.parents), folder) if not path.is_dir()]


def _settle(folder: Path) -> None:
    """Have the system write down what a folder lists."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(source: Path | bytes, digest: str, target: IO[bytes]) -> None:
    written = hashlib.sha256()
    for chunk in _chunks(source):
        written.update(chunk)
        target.write(chunk)
    if written.hexdigest() != digest:
        raise ContentDiffers("the file changed while it was being stored: store it again.")


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _digest(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
