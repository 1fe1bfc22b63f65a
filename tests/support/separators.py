"""Separator sheets as scanners deliver them: turned, leaning, noisy, printed too small."""

import cv2
import numpy as np
import zxingcpp

from ocr_assets.patch_code import BARS_T, NARROW_IN

DPI, A4 = 100, (1169, 827)


def paper():
    return np.full(A4, 255, np.uint8)


def patch(bars=BARS_T, edge=0, length_in=3.0):
    """A sheet that bears bars along one edge and nothing else."""
    sheet = paper()
    view = np.rot90(sheet, edge)
    left, top = round(view.shape[1] - length_in * DPI) // 2, DPI // 2
    for bar in bars:
        view[top : top + round(bar * DPI), left : left + round(length_in * DPI)] = 0
        top += round((bar + NARROW_IN) * DPI)
    return sheet


def coded(text):
    """A sheet with a QR code and nothing else."""
    sheet = paper()
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = np.kron(np.array(zxingcpp.write_barcode_to_image(code, scale=1)), np.ones((7, 7)))
    sheet[300 : 300 + drawn.shape[0], 300 : 300 + drawn.shape[1]] = drawn
    return sheet


def text_page(seed=0, lines=24):
    """A page of lines of word-like bars, a ruled table and a black edge of the scanner."""
    rng, sheet = np.random.default_rng(seed), paper()
    for line in range(lines):
        left, top = 90, 120 + 26 * line
        while left < 700:
            width = int(rng.integers(15, 80))
            sheet[top : top + 10, left : left + width] = 40
            left += width + 8
    for rule in range(6):
        sheet[800 + 30 * rule : 803 + 30 * rule, 90:730] = 0
    sheet[:, :6] = 0
    return sheet


def scanned(sheet, angle=0.0, noise=0.0, quality=None, scale=1.0):
    """The sheet as a worn scanner sees it: leaning, uneven, noisy, squeezed into a JPEG."""
    height, width = sheet.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    seen = cv2.warpAffine(sheet, turn, (width, height), borderValue=245).astype(float)
    if noise:
        seen = cv2.GaussianBlur(seen * np.linspace(0.75, 1, width) * 0.8 + 20, (0, 0), 0.8)
        seen += np.random.default_rng(1).normal(0, noise, seen.shape)
    seen = np.clip(seen, 0, 255).astype(np.uint8)
    if quality:
        packed = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        seen = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return seen
