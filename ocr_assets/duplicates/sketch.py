"""What a text says, in 512 bytes: texts alike have sketches alike, however many there are.

A sketch is a MinHash over the five-letter pieces of the text: the share of equal numbers in two
sketches estimates how many pieces the texts have in common (Jaccard). A wrong letter spoils five
pieces of a page's thousand, so reading errors do little harm.
"""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

NUMBERS = 128
VERSION = f"1.{RMinHash.ALGORITHM_VERSION}"  # ours, and that of the hash functions behind it
_SEED = 42
_PIECE = 5
_LEAST = 200  # letters; a shorter text (a stamp, a heading) is like too many others
_SILENT = re.compile(rb"[^a-z0-9]+")

Sketches = NDArray[np.uint32]  # a row a text


def letters(text: str) -> str:
    """Return the plain letters and digits of a text: no accents, no case, no blanks."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return _SILENT.sub(b"", plain.encode("ascii", "ignore")).decode()


def sketch(text: str) -> bytes | None:
    """Return the sketch of a text, or None where there is too little of it to compare."""
    said = letters(text)
    if len(said) < _LEAST:
        return None
    made = RMinHash(num_perm=NUMBERS, seed=_SEED)
    made.update([said[at : at + _PIECE] for at in range(len(said) - _PIECE + 1)])
    return np.asarray(made.digest(), "<u4").tobytes()


def stacked(sketches: list[bytes | None]) -> Sketches:
    """Return sketches as rows of numbers; a text without one is a row of zeros."""
    nothing = bytes(NUMBERS * 4)
    joined = b"".join(one or nothing for one in sketches)
    return np.frombuffer(joined, "<u4").reshape(-1, NUMBERS)


def similarity(one: Sketches, other: Sketches) -> NDArray[np.float32]:
    """Return, row by row, how much two texts have in common: 0 to 1."""
    said = one.any(axis=1) & other.any(axis=1)
    return np.asarray((one == other).mean(axis=1) * said, np.float32)
