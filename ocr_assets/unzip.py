"""A delivered ZIP, unpacked as if its maker meant harm: everything it declares is checked first.

What it declares bounds what is written: a member that holds more than it says is cut off there and
found out by its checksum.
"""

import errno
import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ocr_assets.refusal import DeliveryRefused, Refusal
from ocr_assets.zip_members import LIMITS, ZipLimits, checked

_CHUNK = 1 << 20
_END, _END64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q")
_COMMENT = 0xFFFF
_ENTRY = 400  # bytes a member takes in the directory at most, on average
_AS_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def is_whole(path: Path) -> bool:
    """Return whether the ZIP at ``path`` ends as ZIPs end, so that nobody is writing it still."""
    try:
        _directory_size(path)
    except (OSError, ValueError, struct.error):
        return False
    return True


def unpack(path: Path, target: Path, limits: ZipLimits = LIMITS) -> None:
    """Write the files of the ZIP at ``path`` under ``target``, which must not be there yet.

    Raises:
        DeliveryRefused: it is not whole, or holds what no delivery should.
    """
    target.mkdir(parents=True)
    with _opened(path, limits) as (archive, members):
        for name, member in members.items():
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as sink:
                _pour(archive, member, sink.write)


def digests_in(path: Path, limits: ZipLimits = LIMITS) -> dict[str, str]:
    """Return the SHA-256 of every file in the ZIP at ``path``, by its name; nothing is written."""
    found = {}
    with _opened(path, limits) as (archive, members):
        for name, member in members.items():
            digest = hashlib.sha256()
            _pour(archive, member, digest.update)
            found[name] = digest.hexdigest()
    return found


def member_of(path: Path, name: str, most: int, limits: ZipLimits = LIMITS) -> bytes | None:
    """Return the bytes of one small file of the ZIP, or None if it is not there or not small."""
    held = bytearray()
    with _opened(path, limits) as (archive, members):
        if name not in members or members[name].file_size > most:
            return None
        _pour(archive, members[name], held.extend)
    return bytes(held)


@contextmanager
def _opened(
    path: Path, limits: ZipLimits
) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]]:
    """Give the archive and its files by their names, once all that it declares is in order."""
    try:
        if _directory_size(path) > limits.max_members * _ENTRY:
            raise DeliveryRefused(Refusal.ZIP_TOO_MANY_MEMBERS, "deliver it in several ZIPs")
        with zipfile.ZipFile(path) as archive:
            yield archive, checked(archive.infolist(), path.stat().st_size, limits)
    except _AS_UNREADABLE as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DeliveryRefused(
            Refusal.ZIP_DAMAGED, "the ZIP is not whole or not sound; make and deliver it again"
        ) from None


def _directory_size(path: Path) -> int:
    """Return how many bytes the list of members takes, as the end of the file says.

    Python reads that list whole: its size is looked at before.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END.size - _COMMENT))
        tail = stream.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) - at < _END.size:
            raise ValueError("no end of directory")
        declared = int(_END.unpack_from(tail, at)[5])
        before = at - 20 - _END64.size
        if declared == 0xFFFFFFFF and before >= 0 and tail[before : before + 4] == b"PK\6\6":
            declared = int(_END64.unpack_from(tail, before)[8])
    return min(declared, size)


def _pour(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, sink: Callable[[bytes], object]
) -> None:
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            sink(chunk)
    if size != member.file_size:
        raise EOFError
