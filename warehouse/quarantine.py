"""Where state secrets wait for their custodian: sealed to a key whose other half is not here.

What lies here is age-encrypted to the custodian's public key: this system can put files in and can
open none of them. Names are drawn at random, so that a listing tells how many there are and when
they came, and nothing else.
"""

import hashlib
import io
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyrage

from warehouse.errors import ContentDiffers, CustodianKeyInvalid

SUFFIX = ".age"
_CLASSES = ((1 << 20, "up to 1 MB"), (10 << 20, "up to 10 MB"), (100 << 20, "up to 100 MB"))
_LARGEST = "over 100 MB"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file: the name it was given, the digest of its sealed bytes, a class of size."""

    name: str
    sha256: str
    size_class: str


def size_class(size: int) -> str:
    """Return the order of a size: the exact one would tell files apart."""
    return next((name for most, name in _CLASSES if size <= most), _LARGEST)


class Quarantine:
    """A folder of sealed files, closed to everybody but its owner."""

    def __init__(self, folder: Path, recipient: str) -> None:
        """Seal files in ``folder`` to ``recipient`` (``age1...``).

        Raises:
            CustodianKeyInvalid: that is no public key of age.
        """
        self._folder = folder
        try:
            self._recipient = pyrage.x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError as error:
            raise CustodianKeyInvalid(
                "the custodian's key is no public key of age: it begins with age1; age-keygen -y"
                " prints it. Set KHO_CUSTODIAN_KEY anew"
            ) from error

    def has(self, name: str) -> bool:
        """Return whether a sealed file of this name is here."""
        return (self._folder / name).is_file()

    def seal(self, source: Path, *, sha256: str) -> Sealed:
        """Seal the file at ``source``, which must hold the bytes with this digest.

        Raises:
            ContentDiffers: it changed since it was looked at; nothing was kept.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        name = secrets.token_hex(16) + SUFFIX
        half = self._folder / f".{name}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        try:
            with (
                source.open("rb") as plain,
                os.fdopen(os.open(half, flags, 0o600), "w+b") as kept,
            ):
                read = _Digesting(plain)
                pyrage.encrypt_io(read, kept, [self._recipient])
                if read.digest.hexdigest() != sha256:
                    raise ContentDiffers("the file changed while it was sealed: run it again")
                kept.flush()
                os.fsync(kept.fileno())
                kept.seek(0)
                sealed = hashlib.file_digest(kept, "sha256").hexdigest()
            half.replace(self._folder / name)
        finally:
            with suppress(FileNotFoundError):
                half.unlink()
        return Sealed(name, sealed, size_class(source.stat().st_size))


class _Digesting(io.RawIOBase):
    """A stream whose bytes are digested as they are read."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self.digest.update(chunk)
        return chunk
