"""Separator sheets to print: bars for scanners, a QR code for us, words for whoever feeds them."""

import io
from pathlib import Path

import img2pdf
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr_assets.errors import EngineMissing
from ocr_assets.patch_code import BARS_T, NARROW_IN
from ocr_assets.separators import OF_A_DOSSIER, PLAIN

_DPI = 200
_PAPER = (1654, 2339)  # A4
_MARGIN_IN, _BAR_IN, _QR_IN = 0.45, 4.5, 2.0
_FACE = "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"
_WORDS = (
    (64, "TỜ PHÂN CÁCH"),
    (36, "Đặt một tờ giữa hai văn bản khi quét cả tập."),
    (36, "Không viết, không đóng dấu lên tờ này."),
    (28, "SEPARATOR SHEET: put one between two documents of a stack."),
)


def write_sheets(target: Path, count: int, fonts: Path, dossier_code: str | None = None) -> None:
    """Write ``count`` separator sheets to ``target``, one page each, all alike.

    ``fonts`` is the folder of font packages.

    Raises:
        EngineMissing: the font is not installed.
    """
    text = PLAIN if dossier_code is None else f"{OF_A_DOSSIER}{dossier_code}"
    page = io.BytesIO()
    sheet(text, fonts).save(page, "PNG", dpi=(_DPI, _DPI), optimize=True)
    target.write_bytes(bytes(img2pdf.convert([page.getvalue()] * count, nodate=True)))


def sheet(text: str, fonts: Path) -> Image.Image:
    """Return one sheet (1 bit a pixel) whose QR code says ``text``."""
    face = fonts / _FACE
    if not face.is_file():
        raise EngineMissing("not installed: the font of separator sheets; run ./kho setup")
    paper = np.full((_PAPER[1], _PAPER[0]), 255, dtype=np.uint8)
    for turn in range(4):
        _draw_bars(np.rot90(paper, turn))  # a view: each edge becomes the upper one
    _draw_code(paper, text)
    picture = Image.fromarray(paper)
    _draw_words(picture, face, text)
    return picture.convert("1", dither=Image.Dither.NONE)


def _draw_bars(paper: NDArray[np.uint8]) -> None:
    left = (paper.shape[1] - round(_BAR_IN * _DPI)) // 2
    top = round(_MARGIN_IN * _DPI)
    for bar in BARS_T:
        paper[top : top + round(bar * _DPI), left : left + round(_BAR_IN * _DPI)] = 0
        top += round((bar + NARROW_IN) * _DPI)


def _draw_code(paper: NDArray[np.uint8], text: str) -> None:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    drawn = np.array(zxingcpp.write_barcode_to_image(code, scale=1))
    scale = max(1, round(_QR_IN * _DPI / drawn.shape[0]))
    large = np.kron(drawn, np.ones((scale, scale), dtype=np.uint8))
    top, left = paper.shape[0] * 11 // 20, (paper.shape[1] - large.shape[1]) // 2
    paper[top : top + large.shape[0], left : left + large.shape[1]] = large


def _draw_words(picture: Image.Image, face: Path, text: str) -> None:
    draw, top = ImageDraw.Draw(picture), picture.height * 3 // 10
    own = text.removeprefix(OF_A_DOSSIER)
    words = _WORDS if own == text else (*_WORDS, (40, f"Hồ sơ: {own}"))
    for size, line in words:
        font = ImageFont.truetype(str(face), size)
        left = (picture.width - draw.textlength(line, font=font)) / 2
        draw.text((left, top), line, fill=0, font=font)
        top += size * 2
