"""From the page as scanned to the page as read: no seal, no shadow, no grain."""

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

_SHRINK = 8  # the background is smooth: an eighth of the resolution shows it
_REACH = 21  # shrunk pixels the background is smoothed over; wider than any stroke


def clean(image: NDArray[np.uint8]) -> Gray:
    """Return ``image`` (grey or RGB) as even grey: coloured ink faint, paper white."""
    if not image.size:
        raise ValueError("a page without pixels cannot be cleaned")
    gray = np.asarray(cv2.blur(_brightest_channel(image), (3, 3)), np.uint8)
    return np.asarray(cv2.divide(gray, _background(gray), scale=255), np.uint8)


def _brightest_channel(image: NDArray[np.uint8]) -> Gray:
    """Return the maximum of R, G and B: red and blue ink nearly vanish, black stays."""
    if image.ndim == 2:
        return image
    red, green, blue = cv2.split(image[..., :3])  # split, then max: 3 times faster than slices
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _background(gray: Gray) -> Gray:
    height, width = gray.shape
    small = cv2.resize(
        gray,
        (max(1, width // _SHRINK), max(1, height // _SHRINK)),
        interpolation=cv2.INTER_AREA,
    )
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), _REACH)
    return np.asarray(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
