"""Round seals and boxed stamps, as masks of ink."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from demo.drawing.faces import Faces
from demo.drawing.ink import turned

_OVER = 2


@dataclass(frozen=True, slots=True)
class SealText:
    """What a seal says: around the rim, and in the middle (a star where nothing)."""

    ring: str
    core: tuple[str, ...]


def seal(text: SealText, diameter: float, faces: Faces) -> Image.Image:
    """Return a round seal: two rings, letters on a circle, a star below, arms or words inside."""
    side = round(diameter * _OVER)
    mask = Image.new("L", (side, side), 0)
    draw, middle = ImageDraw.Draw(mask), side / 2
    for radius, width in ((0.985, 0.022), (0.925, 0.01), (0.60, 0.012)):
        _circle(draw, middle, radius * middle, max(1, round(width * middle)))
    _ring_text(mask, text.ring, faces)
    _star(draw, (middle, middle + 0.765 * middle), 0.09 * middle)
    if text.core:
        _core(draw, text.core, faces, side)
    else:
        _arms(draw, middle)
    return mask.resize((side // _OVER, side // _OVER), Image.Resampling.BOX)


def boxed(words: str, height: float, faces: Faces, *, double: bool = False) -> Image.Image:
    """Return a rectangular rubber stamp around one line of capitals."""
    tall = round(height * _OVER)
    font = faces.font("b", round(tall * 0.62))
    wide = round(font.getlength(faces.checked("b", words)) + tall * 0.7)
    mask = Image.new("L", (wide, tall), 0)
    draw, line = ImageDraw.Draw(mask), max(2, tall // 16)
    draw.rectangle((0, 0, wide - 1, tall - 1), outline=255, width=line)
    if double:
        inset = line * 2
        draw.rectangle((inset, inset, wide - 1 - inset, tall - 1 - inset), outline=255, width=2)
    draw.text((wide / 2, tall * 0.52), words, fill=255, font=font, anchor="mm")
    return mask.resize((wide // _OVER, tall // _OVER), Image.Resampling.BOX)


def incoming(office: str, width: float, faces: Faces) -> Image.Image:
    """Return the empty incoming stamp: office, "CÔNG VĂN ĐẾN", dotted lines to fill by hand."""
    wide, tall = round(width * _OVER), round(width * 0.5 * _OVER)
    mask = Image.new("L", (wide, tall), 0)
    draw, line = ImageDraw.Draw(mask), max(2, tall // 60)
    draw.rectangle((0, 0, wide - 1, tall - 1), outline=255, width=line * 2)
    draw.line((0, tall * 0.22, wide, tall * 0.22), fill=255, width=line)
    draw.line((wide * 0.3, tall * 0.22, wide * 0.3, tall), fill=255, width=line)
    small = faces.font("stamp", round(tall * 0.105))
    draw.text((wide / 2, tall * 0.115), faces.checked("stamp", office), 255, small, "mm")
    big = faces.font("b", round(tall * 0.18))
    for row, word in enumerate(("CÔNG", "VĂN", "ĐẾN")):
        draw.text((wide * 0.15, tall * (0.37 + 0.22 * row)), word, 255, big, "mm")
    plain = faces.font("r", round(tall * 0.13))
    for row, label in enumerate(("Số:", "Ngày:", "Chuyển:")):
        foot = tall * (0.42 + 0.24 * row)
        draw.text((wide * 0.33, foot), faces.checked("r", label), 255, plain, "ls")
        left = wide * 0.35 + plain.getlength(label)
        draw.text((left, foot), "." * int((wide * 0.97 - left) / plain.getlength(".")), 255, plain,
                  "ls")  # fmt: skip
    return mask.resize((wide // _OVER, tall // _OVER), Image.Resampling.BOX)


def _circle(draw: ImageDraw.ImageDraw, middle: float, radius: float, width: int) -> None:
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    draw.ellipse(box, outline=255, width=width)


def _ring_text(mask: Image.Image, words: str, faces: Faces) -> None:
    side = mask.width
    font = faces.font("stamp", round(side * 0.088))
    radius, sweep = side * 0.385, math.radians(290)
    widths = [font.getlength(letter) for letter in faces.checked("stamp", words)]
    spare = max(0.0, sweep * radius - sum(widths)) / max(1, len(words) - 1)
    spare = min(spare, side * 0.035)
    angle = -(sum(widths) + spare * (len(words) - 1)) / radius / 2
    for letter, width in zip(words, widths, strict=True):
        middle = angle + width / radius / 2
        tile = Image.new("L", (round(side * 0.14),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, 255, font, "mm")
        tile = turned(tile, -math.degrees(middle))
        at = (round(side / 2 + radius * math.sin(middle) - tile.width / 2),
              round(side / 2 - radius * math.cos(middle) - tile.height / 2))  # fmt: skip
        mask.paste(255, at, tile)
        angle += (width + spare) / radius


def _star(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        turn = math.pi * corner / 5
        points.append((at[0] + reach * math.sin(turn), at[1] - reach * math.cos(turn)))
    draw.polygon(points, fill=255)


def _core(draw: ImageDraw.ImageDraw, words: tuple[str, ...], faces: Faces, side: int) -> None:
    size = round(side * (0.1 if max(map(len, words)) < 9 else 0.082))
    font, step = faces.font("stamp", size), size * 1.3
    top = side / 2 - step * (len(words) - 1) / 2
    for row, line in enumerate(words):
        draw.text((side / 2, top + row * step), faces.checked("stamp", line), 255, font, "mm")


def _arms(draw: ImageDraw.ImageDraw, middle: float) -> None:
    """Draw a star in a wreath over a cog: the look of a coat of arms, not its drawing."""
    _star(draw, (middle, middle * 0.86), 0.17 * middle)
    for side in (-1, 1):
        for leaf in range(13):
            turn = side * math.radians(28 + leaf * 11.5)
            x, y = middle + 0.46 * middle * math.sin(turn), middle - 0.46 * middle * math.cos(turn)
            size = 0.055 * middle
            draw.ellipse((x - size, y - size * 0.7, x + size, y + size * 0.7), fill=255)
    box = [middle * 0.8, middle * 1.14, middle * 1.2, middle * 1.42]
    draw.arc(box, 180, 360, fill=255, width=round(middle * 0.05))
    draw.rectangle((middle * 0.68, middle * 1.3, middle * 1.32, middle * 1.37), fill=255)


def tilt(rng: random.Random) -> float:
    """Return how far a hand turns a seal when pressing it, in degrees."""
    return rng.uniform(-14, 14)
