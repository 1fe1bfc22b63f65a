"""How ink behaves: stamps that took ink unevenly, pens that sign a name."""

import random
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.drawing.sheet import Colour

Point = tuple[float, float]
_OVER = 3
_INITIALS: tuple[list[Point], ...] = (
    [(0.0, 0.75), (0.12, 0.1), (0.2, 0.02), (0.13, 0.85), (0.05, 0.95), (0.22, 0.45)],
    [(0.05, 0.3), (0.2, 0.05), (0.28, 0.2), (0.1, 0.5), (0.25, 0.75), (0.05, 0.9), (0.3, 0.6)],
    [(0.02, 0.1), (0.05, 0.9), (0.06, 0.95), (0.12, 0.4), (0.22, 0.45), (0.2, 0.7), (0.3, 0.6)],
    [(0.25, 0.12), (0.08, 0.1), (0.0, 0.5), (0.1, 0.88), (0.25, 0.7), (0.3, 0.5)],
    [(0.0, 0.15), (0.3, 0.08), (0.16, 0.1), (0.12, 0.6), (0.02, 0.95), (0.2, 0.6), (0.3, 0.55)],
    [(0.0, 0.9), (0.1, 0.1), (0.2, 0.88), (0.3, 0.15), (0.32, 0.5)],
)


def pen_colour(rng: random.Random) -> Colour:
    """Return blue ball-pen ink, or now and then black."""
    if rng.random() < 0.22:
        return (rng.randint(18, 40),) * 3
    return rng.randint(20, 50), rng.randint(40, 75), rng.randint(130, 185)


def stamp_red(rng: random.Random) -> Colour:
    """Return the red of a stamp pad, fresher or paler."""
    return rng.randint(190, 222), rng.randint(5, 45), rng.randint(25, 60)


def worn(mask: Image.Image, rng: random.Random, *, least: int = 150) -> Image.Image:
    """Return ``mask`` as a stamp prints it: pressed harder on one side, with bare spots."""
    coarse = cloud(mask.size, 5, rng).point(lambda value: least + value * (255 - least) // 255)
    spots = cloud(mask.size, 64, rng).point(lambda value: 255 if value > 46 else 40 + value * 4)
    fine = cloud(mask.size, 160, rng).point(lambda value: 195 + value * 60 // 255)
    return ImageChops.multiply(ImageChops.multiply(ImageChops.multiply(mask, coarse), spots), fine)


def cloud(size: tuple[int, int], cells: int, rng: random.Random) -> Image.Image:
    """Return slow random shades, ``cells`` of them along each side."""
    small = Image.frombytes("L", (cells, cells), rng.randbytes(cells * cells))
    return small.resize(size, Image.Resampling.BICUBIC)


def turned(mask: Image.Image, degrees: float) -> Image.Image:
    """Return ``mask`` rotated, grown so that nothing is cut."""
    return mask.rotate(degrees, Image.Resampling.BICUBIC, expand=True)


def signature(width: float, rng: random.Random) -> Image.Image:
    """Return the strokes of a signature about ``width`` pixels wide."""
    wide, tall = round(width * _OVER), round(width * 0.62 * _OVER)
    canvas = Image.new("L", (round(wide * 1.3), round(tall * 1.3)), 0)
    thick = max(2.0, width * _OVER / rng.randint(60, 110))
    for stroke in _strokes(wide, tall, rng):
        shifted = [(x + wide * 0.15, y + tall * 0.15) for x, y in stroke]
        _ink_stroke(canvas, _spline(shifted), thick, rng)
    small = canvas.resize((canvas.width // _OVER, canvas.height // _OVER), Image.Resampling.BOX)
    return small.crop(small.getbbox())


def _strokes(wide: int, tall: int, rng: random.Random) -> list[list[Point]]:
    """Return an initial, some letters run together, and usually one long last stroke."""
    initial = rng.choice(_INITIALS)
    scale, at = rng.uniform(0.75, 1.15), rng.uniform(0.02, 0.2)
    first = [(at + x * scale, 0.5 + (y - 0.5) * scale) for x, y in initial]
    letters, at = [first[-1]], at + 0.24 * scale
    rise, open_loops = rng.uniform(-0.14, 0.02), rng.random() < 0.5
    for _ in range(rng.randint(1, 6)):
        step = rng.uniform(0.04, 0.13)
        high = rng.uniform(0.12, 0.3) if rng.random() < 0.2 else rng.uniform(0.4, 0.52)
        low = rng.uniform(0.8, 1.0) if rng.random() < 0.15 else rng.uniform(0.58, 0.68)
        back = rng.uniform(0.2, 0.5) if open_loops else rng.uniform(0.95, 1.3)
        letters += [(at, high + rise * at), (at + step * 0.8, low + rise * at)]
        letters.append((at + step * back, low + 0.04 + rise * at))
        at += step
    letters.append((at + rng.uniform(0.02, 0.2), 0.55 + rise))
    sweep = [(at - 0.3, 1.0), (at, 0.62), (1.0, rng.uniform(-0.05, 0.2))]
    under = [(rng.uniform(0.0, 0.2), 0.9), (0.4, 0.87), (0.98, rng.uniform(0.7, 0.9))]
    hook = [(0.9, 0.88), (0.45, 0.8), (0.05, 0.98), (0.6, 0.95)]
    strokes = [first, letters, *rng.choice(([sweep], [under], [sweep, under], [hook], [], [sweep]))]
    return [
        [
            ((x + rng.uniform(-0.02, 0.02)) * wide, (y + rng.uniform(-0.04, 0.04)) * tall)
            for x, y in stroke
        ]
        for stroke in strokes
    ]


def _spline(points: list[Point]) -> list[Point]:
    """Return a smooth (Catmull-Rom) curve through ``points``."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(24):
            t = step / 24
            curve.append((_cubic(a[0], b[0], c[0], d[0], t), _cubic(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _cubic(a: float, b: float, c: float, d: float, t: float) -> float:
    square = 2 * a - 5 * b + 4 * c - d
    return 0.5 * (2 * b + (c - a) * t + square * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def _ink_stroke(canvas: Image.Image, curve: list[Point], thick: float, rng: random.Random) -> None:
    draw, press, phase = ImageDraw.Draw(canvas), 1.0, rng.uniform(0.5, 0.9)
    last = len(curve) - 1
    for index, ((x0, y0), (x1, y1)) in enumerate(pairwise(curve)):
        target = 1.25 if y1 > y0 else phase
        press += (target - press) * 0.12
        taper = min(1.0, (index + 3) / 10, (last - index + 2) / 12)
        radius = thick * press * taper / 2
        draw.line((x0, y0, x1, y1), fill=255, width=max(1, round(radius * 2)))
        draw.ellipse((x1 - radius, y1 - radius, x1 + radius, y1 + radius), fill=255)


def softened(mask: Image.Image, radius: float) -> Image.Image:
    """Return ``mask`` with the edge ink makes when it sinks into paper."""
    return mask.filter(ImageFilter.GaussianBlur(radius))
