"""Letters with stamps pressed on them, and what scanners make of those."""

import io
import random
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from demo.drawing.faces import Faces
from demo.drawing.ink import softened, turned, worn
from demo.drawing.seal import boxed
from tests.support.tools import TOOLS

RED, BRIGHT, FAINT, BLACK = (196, 32, 44), (235, 70, 70), (242, 150, 150), (35, 35, 35)
UNDER_THE_NUMBER = (520, 610)
_DPI = 300


@cache
def _faces():
    return Faces(TOOLS / "npm/node_modules/@expo-google-fonts")


@dataclass(frozen=True)
class Press:
    """How a stamp is pressed: its ink, its middle in pixels, its height in millimetres."""

    colour: tuple[int, int, int] = RED
    at: tuple[int, int] = UNDER_THE_NUMBER
    tilt: float = 3.0
    wear: int = 180
    tall: float = 9.0


@dataclass(frozen=True)
class Scanner:
    """How a page is scanned."""

    turn: int = 0
    blur: float = 0.0
    grain: float = 0.0
    quality: int | None = None
    mode: str = "RGB"
    dpi: int = _DPI


def stamped(page, text, press=Press()):
    """Return ``page`` with ``text`` in a frame pressed on it."""
    rng = random.Random(1)  # noqa: S311 - wear, not a secret
    mask = turned(boxed(text, round(press.tall / 25.4 * _DPI), _faces()), press.tilt)
    mask = softened(worn(mask, rng, least=press.wear), 0.6)
    page = page.copy()
    corner = press.at[0] - mask.width // 2, press.at[1] - mask.height // 2
    page.paste(Image.new("RGB", mask.size, press.colour), corner, mask)
    return page


def scanned(page, scanner=Scanner()):
    """Return ``page`` as a worse scanner gives it."""
    size = page.size
    page = page.resize(
        (size[0] * scanner.dpi // _DPI, size[1] * scanner.dpi // _DPI), Image.Resampling.LANCZOS
    )
    page = page.filter(ImageFilter.GaussianBlur(scanner.blur)) if scanner.blur else page
    if scanner.mode == "1":
        page = page.convert("L").point([0] * 150 + [255] * 106)
    page = page.convert(scanner.mode).convert("RGB")
    if scanner.grain:
        noise = np.random.default_rng(3).normal(0, scanner.grain, (page.height, page.width, 3))
        page = Image.fromarray((np.asarray(page) + noise).clip(0, 255).astype(np.uint8))
    if scanner.quality:
        out = io.BytesIO()
        page.save(out, "JPEG", quality=scanner.quality)
        page = Image.open(out).convert("RGB")
    return page.resize(size, Image.Resampling.BICUBIC).rotate(scanner.turn, expand=True)
