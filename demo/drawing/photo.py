"""A page photographed on a desk: perspective, a lamp on one side, the desk around it."""

import random
from fractions import Fraction

from PIL import Image, ImageChops, ImageFilter

Corner = tuple[int, int]


def photographed(page: Image.Image, rng: random.Random) -> Image.Image:
    """Return ``page`` as a telephone sees it, held not quite above it."""
    width, height = page.size
    wide, tall = width * 112 // 100, height * 108 // 100
    corners = _corners((wide, tall), rng)
    sources = ((0, 0), (width, 0), (width, height), (0, height))
    matrix = _perspective(corners, sources)
    mode, smooth = Image.Transform.PERSPECTIVE, Image.Resampling.BICUBIC
    paper = page.transform((wide, tall), mode, matrix, smooth)
    inside = Image.new("L", page.size, 255).transform((wide, tall), mode, matrix, smooth)
    desk = _cloud_of_wood((wide, tall), rng)
    picture = Image.composite(paper, desk, inside)
    return ImageChops.multiply(picture, _lamp((wide, tall), rng)).filter(
        ImageFilter.GaussianBlur(0.7)
    )


def _corners(size: tuple[int, int], rng: random.Random) -> tuple[Corner, ...]:
    wide, tall = size

    def near(x: int, y: int) -> Corner:
        return (
            wide * x // 100 + rng.randint(-wide // 70, wide // 70),
            tall * y // 100 + rng.randint(-tall // 90, tall // 90),
        )

    return near(6, 4), near(94, 4), near(97, 96), near(3, 96)


def _perspective(targets: tuple[Corner, ...], sources: tuple[Corner, ...]) -> tuple[float, ...]:
    """Solve for the eight numbers that carry each target to its source, exactly."""
    rows: list[list[Fraction]] = []
    for (x, y), (u, v) in zip(targets, sources, strict=True):
        rows.append([Fraction(n) for n in (x, y, 1, 0, 0, 0, -u * x, -u * y, u)])
        rows.append([Fraction(n) for n in (0, 0, 0, x, y, 1, -v * x, -v * y, v)])
    for column in range(8):
        pivot = next(row for row in range(column, 8) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(float(row[8]) for row in rows)


def _lamp(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Return light falling off from one corner, warm on the far side."""
    light = [rng.randint(238, 255), rng.randint(205, 230), rng.randint(190, 220),
             rng.randint(150, 185)]  # fmt: skip
    rng.shuffle(light)
    small = Image.frombytes("L", (2, 2), bytes(light)).resize((16, 16), Image.Resampling.BILINEAR)
    grey = small.resize(size, Image.Resampling.BICUBIC)
    cool = grey.point(lambda value: value * 92 // 100)
    return Image.merge("RGB", (grey, grey.point(lambda value: value * 98 // 100), cool))


def _cloud_of_wood(size: tuple[int, int], rng: random.Random) -> Image.Image:
    grain = Image.frombytes("L", (4, 120), rng.randbytes(480)).resize(size)
    shade = grain.point(lambda value: 70 + value // 8)
    return Image.merge(
        "RGB", (shade, shade.point(lambda v: v * 3 // 4), shade.point(lambda v: v // 2))
    )
