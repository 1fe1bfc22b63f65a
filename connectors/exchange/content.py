"""An attachment's bytes, decoded as they come: measured, digested, and never held in memory."""

import binascii
import hashlib
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from connectors.exchange.limits import MIB, Limits, MessageUnreadable
from connectors.zip_parts import lists_too_much

CHUNK = 64 * 1024
PACKED_NAMES = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".jar")
# A directory that lies leads to places that no file has: a ValueError.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
          ValueError, struct.error)  # fmt: skip
# Of these a piece is unpacked at a time; of others all that a few bytes stand for, at once.
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of an attachment's bytes: as sent, and as the file that was sent."""

    sha256: str
    size_bytes: int
    sent_sha256: str
    is_packed: bool


class Content:
    """Base64 on its way; beyond a megabyte the bytes wait in an unnamed file."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing."""
        self._limits = limits
        self._left = ""
        self._size = 0
        self._is_over = False
        self._digest = hashlib.sha256()
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=MIB)  # noqa: SIM115

    def feed(self, sent: str) -> None:
        """Decode the next piece of base64.

        Raises:
            MessageUnreadable: it is not base64, or there is too much of it.
        """
        given = self._left + "".join(sent.split())
        whole = len(given) - len(given) % 4
        self._left = given[whole:]
        if not whole:
            return
        if self._is_over:
            raise MessageUnreadable("not base64")
        self._take(given[:whole])

    def measured(self, name: str) -> Measured:
        """Return what came; a file packed alone into a ZIP counts as the file.

        Raises:
            MessageUnreadable: the base64 breaks off, or the packed file cannot be read.
        """
        if self._left:
            raise MessageUnreadable("not base64: it breaks off")
        sent = self._digest.hexdigest()
        unpacked = None if name.lower().endswith(PACKED_NAMES) else self._unpacked()
        if unpacked is None:
            return Measured(sent, self._size, sent, is_packed=False)
        return Measured(*unpacked, sent, is_packed=True)

    def close(self) -> None:
        """Let go of the bytes."""
        self._spool.close()

    def _take(self, whole: str) -> None:
        try:
            decoded = binascii.a2b_base64(whole, strict_mode=True)
        except (binascii.Error, ValueError):
            raise MessageUnreadable("not base64") from None
        self._is_over = whole.endswith("=")
        self._size += len(decoded)
        if self._size > self._limits.content_bytes:
            raise MessageUnreadable(f"larger than {self._limits.content_bytes} bytes")
        self._digest.update(decoded)
        self._spool.write(decoded)

    def _unpacked(self) -> tuple[str, int] | None:
        """Return digest and size of the one file of a ZIP, ``None`` where it is no such ZIP."""
        self._spool.seek(0)
        if self._spool.read(4) != b"PK\x03\x04" or lists_too_much(self._spool):
            return None
        try:
            with zipfile.ZipFile(self._spool) as archive:
                files = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(files) != 1:
                    return None
                return self._digest_of(archive, files[0])
        except MessageUnreadable:
            raise
        except BROKEN:
            raise MessageUnreadable("packed, and cannot be unpacked") from None

    def _digest_of(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[str, int]:
        if entry.compress_type not in BOUNDED:
            raise MessageUnreadable("packed, and cannot be unpacked")
        digest, size = hashlib.sha256(), 0
        with archive.open(entry) as file:
            for piece in _pieces(file):
                size += len(piece)
                if size > self._limits.content_bytes:
                    raise MessageUnreadable(f"larger than {self._limits.content_bytes} bytes")
                digest.update(piece)
        return digest.hexdigest(), size


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece
