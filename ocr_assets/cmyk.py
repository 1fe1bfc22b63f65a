"""A meaning for the four inks of a page that names none, as PDF/A demands: one ICC profile.

It is made here, from the plain rule that an ink takes away its share of light, because a profile
of a real press would claim a knowledge about the page that nobody has.
"""

import itertools
import struct
from functools import cache

from pikepdf import Array, Dictionary, Name, Page, Pdf

from ocr_assets.drawn import holders_of

_GRID = 5
_D50 = (0.9642, 1.0, 0.8249)
_SRGB_TO_XYZ = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
_CUBE_FROM = (6 / 29) ** 3


def define_cmyk(pdf: Pdf, page: Page) -> None:
    """Say in every resource dictionary of ``page`` what DeviceCMYK means; no byte is changed."""
    profile = pdf.make_stream(cmyk_profile(), N=4, Alternate=Name.DeviceCMYK)
    space = pdf.make_indirect(Array([Name.ICCBased, profile]))
    for holder in holders_of(page):
        if "/Resources" not in holder:
            holder.Resources = Dictionary()
        if "/ColorSpace" not in holder.Resources:
            holder.Resources.ColorSpace = Dictionary()
        if "/DefaultCMYK" not in holder.Resources.ColorSpace:
            holder.Resources.ColorSpace.DefaultCMYK = space


@cache
def cmyk_profile() -> bytes:
    """Return an ICC profile (version 2, input class) from four inks to Lab."""
    tags = {
        b"desc": _description("Plain CMYK"),
        b"cprt": b"text\0\0\0\0" + b"Public domain\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(map(_fixed, _D50)),
        b"A2B0": _table(),
    }
    offset = 128 + 4 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for signature, data in tags.items():
        index += signature + struct.pack(">II", offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return _header(128 + len(index) + len(body)) + index + body


def _header(size: int) -> bytes:
    """Return the 128 bytes in front; the date is fixed, so the same bytes come every time."""
    start = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"scnr", b"CMYK", b"Lab ")
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    rest = b"acsp" + b"\0" * 28 + b"".join(map(_fixed, _D50))
    return (start + date + rest).ljust(128, b"\0")


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _description(text: str) -> bytes:
    raw = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(raw)) + raw + b"\0" * (4 + 4 + 2 + 1 + 67)


def _table() -> bytes:
    """Return the table of colours: identity curves around a grid of ``_GRID`` steps an ink."""
    line = struct.pack(">2H", 0, 0xFFFF)
    head = b"mft2\0\0\0\0" + struct.pack(">4B", 4, 3, _GRID, 0)
    identity = b"".join(_fixed(1.0 if i % 4 == 0 else 0.0) for i in range(9))
    steps = [step / (_GRID - 1) for step in range(_GRID)]
    colours = b"".join(_lab(*inks) for inks in itertools.product(steps, repeat=4))
    return head + identity + struct.pack(">2H", 2, 2) + line * 4 + colours + line * 3


def _lab(cyan: float, magenta: float, yellow: float, black: float) -> bytes:
    light = [_linear((1 - ink) * (1 - black)) for ink in (cyan, magenta, yellow)]
    x, y, z = (
        _root(sum(part * share for part, share in zip(light, row, strict=True)) / white)
        for row, white in zip(_SRGB_TO_XYZ, _D50, strict=True)
    )
    lightness, a, b = 116 * y - 16, 500 * (x - y), 200 * (y - z)
    values = (lightness / 100 * 0xFF00, (a + 128) * 256, (b + 128) * 256)
    return struct.pack(">3H", *(min(max(round(value), 0), 0xFFFF) for value in values))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _root(value: float) -> float:
    return value ** (1 / 3) if value > _CUBE_FROM else value * (29 / 6) ** 2 / 3 + 4 / 29
