"""Stamps put on a finished page one: incoming mail, urgency, secrecy."""

import random
from dataclasses import dataclass

from PIL import Image

from demo.drawing.hand import Hand
from demo.drawing.ink import pen_colour, softened, stamp_red, turned, worn
from demo.drawing.seal import boxed, incoming
from demo.drawing.sheet import Colour, Sheet


@dataclass(frozen=True, slots=True)
class Incoming:
    """What the receiving office wrote into its stamp."""

    office: str
    number: str
    day: str


def stamp_urgent(sheet: Sheet, rng: random.Random) -> None:
    """Press HỎA TỐC in a double red box under the symbol."""
    mask = boxed("HỎA TỐC", sheet.px(10.5), sheet.faces, double=True)
    _press(sheet, (mask, "HỎA TỐC"), (rng.uniform(36, 42), rng.uniform(65, 69)), rng)


def stamp_secret(sheet: Sheet, rng: random.Random) -> None:
    """Press MẬT in a red box under the symbol."""
    mask = boxed("MẬT", sheet.px(9.0), sheet.faces)
    _press(sheet, (mask, "MẬT"), (rng.uniform(44, 50), rng.uniform(65, 69)), rng)


def stamp_incoming(sheet: Sheet, text: Incoming, hand: Hand, rng: random.Random) -> None:
    """Press the incoming stamp near the left edge and fill in its number and day by hand."""
    width = rng.uniform(50, 56)
    middle = 12 + width / 2, rng.uniform(75, 82)
    shape = incoming(text.office, sheet.px(width), sheet.faces)
    colour = rng.choice((stamp_red(rng), (60, 60, 150), (35, 35, 40)))
    angle = rng.uniform(-2.5, 2.5)
    mark = softened(worn(turned(shape, angle), rng, least=190), sheet.dpi / 500)
    sheet.mark(mark, colour, middle)
    pen = pen_colour(rng)
    tall = width * 0.5
    for words, down in ((text.number, -0.14), (text.day, 0.11)):
        ink = hand.write(words, sheet.px(3.8))
        sheet.mark(ink, pen, (middle[0] + width * 0.16, middle[1] + tall * down))
    sheet.stamps += [text.office, "CÔNG VĂN ĐẾN", f"Số: {text.number}", f"Ngày: {text.day}"]


def _press(
    sheet: Sheet, stamp: tuple[Image.Image, str], at: tuple[float, float], rng: random.Random
) -> None:
    colour: Colour = stamp_red(rng)
    mask = turned(stamp[0], rng.uniform(-5, 7))
    sheet.mark(softened(worn(mask, rng, least=180), sheet.dpi / 500), colour, at)
    sheet.stamps.append(stamp[1])
