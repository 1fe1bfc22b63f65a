"""What a scanner makes of a sheet: skew, tint, shadows, dust, bleed-through, noise.

Only integer arithmetic touches pixels here and in Pillow, so that the same seed gives the same
bytes on another processor.
"""

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

_TILE = 192


@dataclass(frozen=True, slots=True)
class Scan:
    """How one document was scanned; lengths are millimetres."""

    dpi: int = 200
    skew: float = 0.6
    tint: tuple[int, int, int] = (255, 255, 253)
    noise: int = 5
    blur: float = 0.4
    bleed: int = 0
    fold: bool = False
    punched: bool = False
    stapled: bool = False
    edge: bool = False
    dust: int = 14


def scanned(
    page: Image.Image, behind: Image.Image | None, scan: Scan, rng: random.Random
) -> Image.Image:
    """Return the picture a scanner took of ``page``; ``behind`` may shine through."""
    if behind is not None and scan.bleed:
        page = ImageChops.multiply(page, _shine_through(behind, scan.bleed))
    _injure(page, scan, rng)
    page = _grained(_laid_askew(page, scan, rng), scan, rng)
    if scan.edge:
        _shade_edge(page, rng)
    return page


def faxed(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    """Return the page in black and white, thresholded: ragged letters, pepper."""
    _injure(page, scan, rng)
    grey = _laid_askew(page.convert("L"), scan, rng)
    level = rng.randint(150, 185)
    return grey.point(lambda value: 255 if value > level else 0).convert(
        "1", dither=Image.Dither.NONE
    )


def _laid_askew(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    angle, white = rng.uniform(-scan.skew, scan.skew), page.getpixel((0, 0))
    soft = page.filter(ImageFilter.BoxBlur(scan.blur))
    return soft.rotate(angle, Image.Resampling.BILINEAR, fillcolor=white)


def _shine_through(behind: Image.Image, strength: int) -> Image.Image:
    mirror = behind.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.BoxBlur(3))
    return mirror.point(lambda value: 255 - (255 - value) * strength // 100)


def _injure(page: Image.Image, scan: Scan, rng: random.Random) -> None:
    unit = scan.dpi / 25.4
    draw = ImageDraw.Draw(page)
    for _ in range(scan.dust):
        x, y = rng.uniform(0, page.width), rng.uniform(0, page.height)
        if rng.random() < 0.7:
            x = rng.choice((x * 0.08, page.width - x * 0.05))
        size, shade = rng.uniform(0.08, 0.35) * unit, rng.randint(60, 190)
        draw.ellipse((x, y, x + size, y + size * rng.uniform(0.5, 1.4)), fill=(shade,) * 3)
    if scan.punched:
        _punch(draw, page, unit, rng)
    if scan.stapled:
        _staple(page, unit, rng)
    if scan.fold:
        _fold(page, unit, rng)


def _punch(draw: ImageDraw.ImageDraw, page: Image.Image, unit: float, rng: random.Random) -> None:
    left, radius = rng.uniform(9, 12) * unit, 3.0 * unit
    for offset in (-40, 40):
        top = page.height / 2 + offset * unit
        box = (left - radius, top - radius, left + radius, top + radius)
        draw.ellipse(box, fill=(96, 94, 92), outline=(190, 190, 188), width=round(unit / 2) + 1)


def _staple(page: Image.Image, unit: float, rng: random.Random) -> None:
    x, y = rng.uniform(7, 12) * unit, rng.uniform(8, 14) * unit
    run, rise = 9 * unit, rng.uniform(-6, 6) * unit
    shadow = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(shadow)
    draw.line((x, y + unit, x + run, y + rise + unit), fill=150, width=round(1.4 * unit))
    draw.line((x, y, x + run, y + rise), fill=70, width=max(2, round(0.5 * unit)))
    for hole in (x, x + run):
        draw.ellipse((hole - unit / 2, y - unit / 2, hole + unit / 2, y + unit / 2), fill=90)
    _lay(page, shadow.crop((0, 0, *_corner(page))).filter(ImageFilter.GaussianBlur(1.2)), (0, 0))


def _fold(page: Image.Image, unit: float, rng: random.Random) -> None:
    top = round(page.height * rng.choice((0.335, 0.5)) + rng.uniform(-4, 4) * unit)
    tall = round(7 * unit)
    band = Image.new("L", (page.width, tall), 255)
    draw = ImageDraw.Draw(band)
    draw.line((0, tall // 2, page.width, tall // 2 + unit), fill=176, width=round(0.7 * unit))
    _lay(page, band.filter(ImageFilter.GaussianBlur(unit * 0.6)), (0, top))


def _lay(page: Image.Image, shadow: Image.Image, at: tuple[int, int]) -> None:
    box = (*at, at[0] + shadow.width, at[1] + shadow.height)
    under = page.crop(box)
    page.paste(ImageChops.multiply(under, Image.merge("RGB", (shadow,) * 3)), at)


def _corner(page: Image.Image) -> tuple[int, int]:
    return page.width // 5, page.height // 8


def _grained(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    """Tint the paper and add the sensor's noise."""
    source = np.random.Generator(np.random.PCG64(rng.getrandbits(64)))
    tile = source.integers(-scan.noise, scan.noise + 1, (3, _TILE, _TILE), np.int16).sum(axis=0)
    rows, columns = -(-page.height // _TILE) + 1, -(-page.width // _TILE) + 1
    down, right = rng.randrange(_TILE), rng.randrange(_TILE)
    grain = np.tile((tile // 2).astype(np.int16), (rows, columns))
    grain = grain[down : down + page.height, right : right + page.width]
    bands = []
    for band, white in zip(page.split(), scan.tint, strict=True):
        toned = np.asarray(band.point([_toner(value) * white // 255 for value in range(256)]))
        bands.append(Image.fromarray(np.clip(toned + grain, 0, 255).astype(np.uint8)))
    return Image.merge("RGB", bands)


def _toner(value: int) -> int:
    """Darken the half-tones at the edges of letters: toner spreads, and scanners sharpen."""
    return value - value * (255 - value) * 2 // (255 * 5)


def _shade_edge(page: Image.Image, rng: random.Random) -> None:
    width = page.width // rng.randint(45, 110)
    ramp = Image.new("L", (width, 1))
    ramp.putdata([min(255, 40 + index * 215 // width) for index in range(width)])
    shadow = ramp.resize((width, page.height))
    if rng.random() < 0.5:
        _lay(page, shadow, (0, 0))
    else:
        mirror = shadow.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        _lay(page, mirror, (page.width - width, 0))
