"""What is already known of one file while its batch is under way, kept on disk page by page.

A kill, of a worker, of the run or of the machine, loses at most the page in hand. The journal holds
text of documents: its folders are closed to others, it begins only when page one has passed the
secrecy gate, and it goes at once when a page does not pass.
"""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from ocr_assets.digitized import Digitized
from ocr_assets.reading import PageReading
from ocr_assets.receive import digest_of
from ocr_assets.secrecy import bears_secrecy_stamp

_CLOSED = 0o700
_DONE = "done.json"


class Journal:
    """The pages read of one file, and what became of it once that is known."""

    def __init__(self, folder: Path | None) -> None:
        """Keep everything in ``folder``; without one nothing is kept and nothing is known."""
        self._folder = folder
        self._may_keep = False

    @classmethod
    def of(cls, root: Path | None, sha256: str, recipe: str) -> Self:
        """Return the journal of the file with these bytes, digitised by this recipe."""
        return cls(root / f"{sha256}-{recipe[:16]}" if root is not None else None)

    def reading(self, page: int) -> PageReading | None:
        """Return what was read on ``page`` in an earlier try, if anything was."""
        known: PageReading | None = self._read(_page(page), PageReading)
        self._may_keep |= page == 1 and known is not None
        return known

    def keep(self, reading: PageReading) -> None:
        """Keep a page, once the first one is known to bear no secrecy stamp."""
        if bears_secrecy_stamp((reading,)):
            self.burn()
            self._folder = None
        self._may_keep |= reading.page == 1
        if self._may_keep:
            self._write(_page(reading.page), PageReading, reading)

    def finished(self) -> Digitized | None:
        """Return what became of the file, if its copy still lies there as it was told."""
        done: Digitized | None = self._read(_DONE, Digitized)
        if done is None or not all(path.exists() for path in done.files):
            return None
        # a kill may have come between the signing of a copy and the word about it
        is_as_told = done.archive is None or digest_of(done.archive) == done.archive_sha256
        return done if is_as_told else None

    def finish(self, done: Digitized) -> None:
        """Keep what became of the file; a finished file need not be read again."""
        self._write(_DONE, Digitized, done)

    def burn(self) -> None:
        """Remove everything that was kept."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _read(self, name: str, kind: type) -> Any:
        if self._folder is None:
            return None
        try:
            return _form(kind).validate_json((self._folder / name).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None  # never written, or cut short when the power went

    def _write(self, name: str, kind: type, value: object) -> None:
        if self._folder is not None:
            for folder in (self._folder.parent, self._folder):
                folder.mkdir(mode=_CLOSED, parents=True, exist_ok=True)
            _write_whole(self._folder / name, _form(kind).dump_json(value))


@cache
def _form(kind: type) -> TypeAdapter:
    return TypeAdapter(kind)


def _page(number: int) -> str:
    return f"page-{number:05d}.json"


def _write_whole(target: Path, data: bytes) -> None:
    """Write ``target`` so that it is there whole or not at all, even if the power goes."""
    part = target.with_name(f".{target.name}-{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    listing = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(listing)
    finally:
        os.close(listing)
