"""The bytes of a file that a signature speaks for: their digest, and how much of the file it is."""

import hashlib
import os
from dataclasses import dataclass, field
from typing import BinaryIO

from ocr_assets.signature import Coverage

_CHUNK = 1 << 20
_HEADER_WITHIN = 1024
_KNOWN = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512", "md5"})


@dataclass(slots=True)
class SignedBytes:
    """What one byte range of an open file stands for; each digest is computed once.

    A range counts from the PDF's header: something that stores files may have put bytes before it.
    """

    stream: BinaryIO
    byte_range: tuple[int, ...]
    contents: bytes
    _header: int = field(init=False)
    _digests: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the header."""
        self.stream.seek(0)
        self._header = max(0, self.stream.read(_HEADER_WITHIN).find(b"%PDF-"))

    def digest(self, algorithm: str) -> bytes:
        """Return the digest of the covered bytes.

        Raises:
            ValueError: the algorithm is not known, or the range is none.
        """
        if algorithm not in _KNOWN:
            raise ValueError("digest algorithm not known")
        if not self._is_a_range():
            raise ValueError("no byte range of this file")
        if algorithm not in self._digests:
            self._digests[algorithm] = self._computed(algorithm)
        return self._digests[algorithm]

    def coverage(self) -> Coverage:
        """Return how much is covered: the gap must hold the signature and nothing besides."""
        if not self._is_a_range():
            return Coverage.UNKNOWN
        if len(self.byte_range) != 4 or self.byte_range[0] != 0:
            return Coverage.PART
        _, before, after, rest = self.byte_range
        self.stream.seek(self._header + before)
        gap = self.stream.read(after - before)
        if not _holds_only(gap, self.contents):
            return Coverage.PART
        if after + rest < self._size():
            return Coverage.PART if self._header else Coverage.EARLIER_REVISION
        return Coverage.FROM_HEADER if self._header else Coverage.WHOLE_FILE

    def _size(self) -> int:
        """Return the size of the PDF, counted from its header."""
        return self.stream.seek(0, os.SEEK_END) - self._header

    def _is_a_range(self) -> bool:
        """Return whether the pieces lie in the file, in order: a piece twice costs us twice."""
        if not self.byte_range or len(self.byte_range) % 2:
            return False
        end = 0
        for start, length in self._pieces():
            if start < end or length < 0:
                return False
            end = start + length
        return end <= self._size()

    def _pieces(self) -> list[tuple[int, int]]:
        return list(zip(self.byte_range[::2], self.byte_range[1::2], strict=True))

    def _computed(self, algorithm: str) -> bytes:
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for start, length in self._pieces():
            self.stream.seek(self._header + start)
            left = length
            while chunk := self.stream.read(min(_CHUNK, left)):
                digest.update(chunk)
                left -= len(chunk)
        return digest.digest()


def digest_with(algorithm: str, data: bytes) -> bytes:
    """Return the digest of ``data``.

    Raises:
        ValueError: the algorithm is not known.
    """
    if algorithm not in _KNOWN:
        raise ValueError("digest algorithm not known")
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _holds_only(gap: bytes, contents: bytes) -> bool:
    """Return whether ``gap`` is ``contents`` in hexadecimal between angle brackets."""
    if not contents or gap[:1] != b"<" or gap[-1:] != b">":
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == contents
    except ValueError:
        return False
