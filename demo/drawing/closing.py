"""The foot of the last page: who receives, who signs, the signature and the seal over it."""

import random

from demo.documents import Document
from demo.drawing.ink import pen_colour, signature, softened, stamp_red, turned, worn
from demo.drawing.seal import SealText, seal, tilt
from demo.drawing.sheet import Sheet
from demo.letterheads import Layout

HEIGHT = 62.0
_SIGNER = 150.0


def closing(sheet: Sheet, document: Document, top: float, rng: random.Random) -> None:
    """Draw recipients and the signature block, their first baseline at ``top``."""
    foot = top + 1
    sheet.write((30, foot), "Nơi nhận:", "bi", 12)
    sheet.lines.append("Nơi nhận:")
    for line in document.recipients:
        foot += 4.6
        sheet.write((30, foot), line, "r", 11)
        sheet.lines.append(line)
    foot, last = top, len(document.head.authority) - 1
    for row, line in enumerate(document.head.authority):
        plain = row == last and document.head.layout is not Layout.STATE
        sheet.centred((_SIGNER, foot), line, "r" if plain else "b", 13.5)
        foot += 5.6
    name = foot + rng.uniform(21, 25)
    sheet.centred((_SIGNER, name), document.signer, "b", 14)
    _signed(sheet, document.signer, (foot, name), rng)
    _sealed(sheet, document, (foot, name), rng)


def _signed(sheet: Sheet, signer: str, between: tuple[float, float], rng: random.Random) -> None:
    own = random.Random(signer)  # noqa: S311 - one person signs alike on every paper
    strokes = signature(sheet.px(rng.uniform(44, 64)), own)
    strokes = softened(turned(strokes, rng.uniform(-4, 12)), sheet.dpi / 500)
    middle = (between[0] + between[1]) / 2 - 2.5
    at = _SIGNER + rng.uniform(-4, 7), middle + rng.uniform(-2, 2)
    sheet.mark(strokes, pen_colour(rng), at)


def _sealed(
    sheet: Sheet, document: Document, between: tuple[float, float], rng: random.Random
) -> None:
    head = document.head
    size = 36.0 if not head.core else 34.0
    mask = seal(SealText(head.ring, head.core), sheet.px(size), sheet.faces)
    mask = turned(mask, tilt(rng))
    mask = softened(worn(mask, rng, least=rng.randint(130, 235)), sheet.dpi / 450)
    at = _SIGNER - rng.uniform(15, 20), (between[0] + between[1]) / 2 - rng.uniform(-0.5, 2.5)
    sheet.mark(mask, stamp_red(rng), at)
