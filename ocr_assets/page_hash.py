"""What a page looks like, in 256 bits: scans of the same sheet differ in few of them.

The hash only proposes: pages of one printed form look alike whoever filled them in.
"""

import cv2
import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 16  # the hash has SIZE * SIZE bits
_SIDE = SIZE * 4  # the picture imagehash takes its frequencies from
_GREEN = 1  # black, blue and red ink are all dark in it
_MARGIN = 4  # of _SIDE: punch holes, shadows of the lid
_SHADE = (15, 15)  # of _SIDE: what changes more slowly is the paper, not what stands on it
_FAINTEST = 4.0  # grey levels by which a page with something on it varies; a fold alone: 2.5


def page_hash(pixels: NDArray[np.uint8], rotation: int) -> str | None:
    """Return the hash of a page as 64 hex digits, or None where there is too little to see.

    ``pixels`` is the page as rendered (grey or RGB), ``rotation`` the clockwise turn that sets it
    upright. A page without ink has no hash: its bits would be those of its dust and its shadows,
    and every blank page would look like every other.
    """
    small = _shrunk(pixels)
    if _ink(small) < _FAINTEST:
        return None
    upright = np.ascontiguousarray(np.rot90(small, -rotation // 90))
    return str(imagehash.phash(Image.fromarray(upright), hash_size=SIZE))


def _shrunk(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the page as a small square; halving by steps is four times faster than one leap."""
    thinned = pixels[::2, ::2]
    grey = np.ascontiguousarray(thinned[..., _GREEN] if thinned.ndim == 3 else thinned)
    while min(grey.shape) >= 4 * _SIDE:
        half = (grey.shape[1] // 2, grey.shape[0] // 2)
        grey = np.asarray(cv2.resize(grey, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def _ink(small: NDArray[np.uint8]) -> float:
    """Return how much a page varies from place to place, its margins and shading left out."""
    detail = small.astype(np.float32) - cv2.blur(small, _SHADE).astype(np.float32)
    return float(detail[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN].std())
