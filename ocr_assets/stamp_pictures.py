"""What stands in a frame, made into a page of its own that a reader can read."""

import cv2
import numpy as np

from ocr_assets.page_quality import Pixels

DPI = 150.0  # at half the usual size large letters look like the print readers know
_PAGE = (600, 800)  # height, width: a word needs paper around it to be found
_MARGIN = 60
_PAPER, _INK = 80, 2  # percentiles of a frame with a word in it
_ALONG, _DOWN = 0.6, 0.75  # of the frame: what reaches so far is no letter


def stamp_page(stamp: Pixels, dpi: float) -> Pixels:
    """Return a white page with the word of a ``stamp`` (RGB) on it, in black, without its frame.

    ``dpi`` is that of the stamp; the page has ``DPI``, whatever that was.
    """
    darkest = np.asarray(stamp.min(axis=2), np.uint8)
    height, width = darkest.shape
    size = max(1, round(width * DPI / dpi)), max(1, round(height * DPI / dpi))
    small = cv2.resize(darkest, size, interpolation=cv2.INTER_AREA)
    word = _without_frame(_stretched(np.asarray(small, np.uint8)))
    height = max(_PAGE[0], word.shape[0] + _MARGIN)
    width = max(_PAGE[1], word.shape[1] + _MARGIN)
    page = np.full((height, width), 255, np.uint8)
    top, left = (height - word.shape[0]) // 2, (width - word.shape[1]) // 2
    page[top : top + word.shape[0], left : left + word.shape[1]] = word
    return page


def _stretched(gray: Pixels) -> Pixels:
    """Return the same with paper white and ink black: a faint stamp is a stamp."""
    ink, paper = np.percentile(gray, (_INK, _PAPER))
    span = max(1.0, 0.97 * paper - ink)
    return np.asarray(((gray - ink) / span * 255).clip(0, 255), np.uint8)


def _without_frame(gray: Pixels) -> Pixels:
    """Return the same without the strokes that run along the edges."""
    dark = np.asarray(cv2.threshold(gray, 128, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = gray.shape
    bare = gray.copy()
    for label in range(1, count):
        wide, high = stats[label, cv2.CC_STAT_WIDTH], stats[label, cv2.CC_STAT_HEIGHT]
        if wide > _ALONG * width or high > _DOWN * height:
            stroke = cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8))
            bare[stroke > 0] = 255
    return bare
