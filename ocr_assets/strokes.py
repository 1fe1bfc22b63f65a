"""Pieces of ink: found, joined where strokes broke, cut where digits touch."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_assets.digits import Ink

_DARK = 0.35  # of the darkest ink: less is no stroke
_SLIVER = 0.35  # line heights: a narrower piece at the right edge begins the next word


@dataclass(frozen=True, slots=True)
class Blob:
    """One connected piece of ink."""

    left: int
    right: int
    top: int
    bottom: int
    mask: NDArray[np.bool_]

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top

    def with_(self, other: "Blob") -> "Blob":
        """Return both as one."""
        return Blob(
            min(self.left, other.left),
            max(self.right, other.right),
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            self.mask | other.mask,
        )

    def halves(self, ink: Ink) -> "list[Blob]":
        """Return its two halves, cut around the middle where least ink is."""
        third = self.width // 3
        low, high = self.left + third, max(self.right - third, self.left + third + 1)
        own = np.where(self.mask, ink, 0)[:, low:high].sum(axis=0, dtype=np.int64)
        at = low + int(own.argmin())
        before = np.arange(self.mask.shape[1]) < at
        return [
            Blob(self.left, max(at, self.left + 1), self.top, self.bottom, self.mask & before),
            Blob(at, max(self.right, at + 1), self.top, self.bottom, self.mask & ~before),
        ]


def blobs(ink: Ink, body: tuple[float, float, float, float]) -> list[Blob]:
    """Return the connected pieces of ink that may be digits, left to right."""
    height = body[3] - body[1]
    mask = (ink > max(25.0, _DARK * float(np.percentile(ink, 99.5)))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    found = []
    for label in range(1, count):
        left, top, width, tall, area = (int(value) for value in stats[label])
        crosses = top < body[3] - 0.15 * height and top + tall > body[1] + 0.15 * height
        edge = (left == 0 and tall < 0.5 * height) or left + width >= ink.shape[1]
        sliver = edge and width < _SLIVER * height
        if (
            not sliver
            and tall > 0.3 * height
            and area > 0.01 * height**2
            and crosses
            and width < 4 * tall
        ):
            found.append(Blob(left, left + width, top, top + tall, np.asarray(labels == label)))
    return sorted(found, key=lambda blob: blob.left)


def only(ink: Ink, blobs: Sequence[Blob]) -> Ink:
    """Return the ink of ``blobs`` alone, edges included."""
    mask = np.any([blob.mask for blob in blobs], axis=0)
    return np.asarray(
        np.where(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3))) > 0, ink, 0), np.uint8
    )


def stacked(blobs: Sequence[Blob]) -> list[Blob]:
    """Return the blobs, those that stand over each other as one: a stamp's strokes are broken."""
    joined: list[Blob] = []
    for blob in blobs:
        if joined and blob.left < joined[-1].right - 0.4 * min(blob.width, joined[-1].width):
            joined[-1] = joined[-1].with_(blob)
        else:
            joined.append(blob)
    return joined


def pieces(ink: Ink, blobs: Sequence[Blob], count: int) -> list[Ink]:
    """Return ``count`` pieces of ink: the closest blobs joined, or the widest cut."""
    parts = list(blobs)
    while len(parts) > count:
        i = min(range(len(parts) - 1), key=lambda i: parts[i + 1].right - parts[i].left)
        parts[i : i + 2] = [parts[i].with_(parts[i + 1])]
    while len(parts) < count:
        i = max(range(len(parts)), key=lambda i: parts[i].width)
        parts[i : i + 1] = parts[i].halves(ink)
    return [np.asarray(np.where(part.mask, ink, 0), np.uint8) for part in parts]
