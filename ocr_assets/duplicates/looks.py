"""Whether the pages of two documents look alike, by the hashes of ``ocr_assets.page_hash``."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 256
ALIKE = 0.17  # scans of one sheet differ in fewer bits; 96 of 100 degraded real pages did
_WORDS = BITS // 64

Looks = NDArray[np.uint64]  # four words a page


@dataclass(frozen=True, slots=True)
class PagePair:
    """Two pages held against each other and the share of bits in which they differ."""

    first: int
    second: int
    distance: float

    @property
    def is_alike(self) -> bool:
        """Say whether these may be scans of one sheet."""
        return self.distance <= ALIKE


def stacked(hashes: Sequence[str | None]) -> Looks:
    """Return hashes as rows of words; a page without one is a row of zeros."""
    nothing = "0" * (BITS // 4)
    joined = bytes.fromhex("".join(one or nothing for one in hashes))
    return np.frombuffer(joined, ">u8").reshape(-1, _WORDS).astype(np.uint64)


def distances(one: Looks, others: Looks) -> NDArray[np.float32]:
    """Return how far each of ``others`` is from ``one``, as a share of the bits.

    What has no looks is as far away as can be.
    """
    found = np.bitwise_count(one ^ others).sum(axis=-1, dtype=np.float32) / BITS
    seen = one.any(axis=-1) & others.any(axis=-1)
    return np.where(seen, found, np.float32(1)).astype(np.float32)


def bits_apart(block: Looks, columns: Looks) -> NDArray[np.uint16]:
    """Return in how many bits each look of ``block`` differs from all others, a row each.

    The others come as columns, one a word: word by word is five times faster than look by look.
    """
    apart = np.zeros((len(block), columns.shape[1]), np.uint16)
    for word, column in zip(block.T, columns, strict=True):
        apart += np.bitwise_count(word[:, None] ^ column)
    return apart


def paired(first: Sequence[str | None], second: Sequence[str | None]) -> tuple[PagePair, ...]:
    """Return the pages of two documents side by side, in order, bare ones left out.

    A blank back that only one scan has does not move the pages behind it.
    """
    one = [(number, look) for number, look in enumerate(first, 1) if look]
    other = [(number, look) for number, look in enumerate(second, 1) if look]
    return tuple(
        PagePair(a, b, (int(mine, 16) ^ int(yours, 16)).bit_count() / BITS)
        for (a, mine), (b, yours) in zip(one, other, strict=False)
    )
