"""What a page looks like: the same for scans of one sheet, and nothing at all for a bare one."""

import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from demo.drawing.scanner import Scan, scanned
from ocr_assets.page_hash import page_hash

SHEET = (827, 1169)  # A4 at 100 dpi
WORDS = [
    "quyet",
    "dinh",
    "phe",
    "duyet",
    "ke",
    "hoach",
    "giao",
    "thong",
    "xa",
    "phuong",
    "nam",
    "can",
    "cu",
    "luat",
    "ngay",
    "dieu",
    "khoan",
]


def typed(seed):
    """A sheet with paragraphs of its own shape."""
    rng = random.Random(seed)  # noqa: S311 - drawings
    page = Image.new("RGB", SHEET, "white")
    draw, face, y = ImageDraw.Draw(page), ImageFont.load_default(18), rng.randint(60, 130)
    while y < 1050:
        left = rng.choice((90, 90, 90, 130, 350))
        count = rng.randint(2, 11)
        draw.text((left, y), " ".join(rng.choices(WORDS, k=count)), fill=(25, 25, 25), font=face)
        y += rng.choice((24, 24, 30, 55, 160))
    return page


def scan_of(page, seed, **how):
    """Another scan of the page: askew, tinted, noisy, and packed as JPEG."""
    scan = Scan(**{"dpi": 100, "skew": 1.0, "noise": 8, "tint": (243, 240, 233), **how})
    pixels = np.asarray(scanned(page.copy(), None, scan, random.Random(seed)))  # noqa: S311
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 40])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def distance(one, other):
    return (int(one, 16) ^ int(other, 16)).bit_count() / 256


def test_scans_of_one_sheet_are_nearer_than_any_two_sheets():
    sheets = [typed(seed) for seed in range(10)]
    once = [page_hash(np.asarray(sheet), 0) for sheet in sheets]
    again = [page_hash(scan_of(sheet, 7), 0) for sheet in sheets]
    same = [distance(one, two) for one, two in zip(once, again, strict=True)]
    others = [distance(a, b) for i, a in enumerate(once) for b in once[:i]]
    assert max(same) <= 0.17 < min(others)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_hashed_the_way_it_is_read(turn):
    page = np.asarray(typed(3))
    lying = np.rot90(page, turn // 90)  # counter-clockwise: a clockwise turn sets it upright
    assert distance(page_hash(lying, turn), page_hash(page, 0)) < 0.02
    assert distance(page_hash(lying, 0), page_hash(page, 0)) > 0.24


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"dust": 40, "noise": 9},
        {"edge": True, "punched": True, "skew": 1.8},
        {"fold": True},
        {"stapled": True},
    ],
)
def test_bare_sheets_have_no_looks_to_be_taken_for_each_other(how):
    assert page_hash(scan_of(Image.new("RGB", SHEET, "white"), 1, **how), 0) is None


def test_a_shadow_over_a_bare_sheet_is_not_something_on_it():
    ramp = np.tile(np.linspace(150, 255, SHEET[0]).astype(np.uint8), (SHEET[1], 1))
    assert page_hash(np.dstack([ramp] * 3), 0) is None


def test_grey_and_coloured_pixels_give_the_same_hash():
    page = np.asarray(typed(5))
    assert page_hash(np.ascontiguousarray(page[..., 1]), 0) == page_hash(page, 0)
    assert len(page_hash(page, 0)) == 64
