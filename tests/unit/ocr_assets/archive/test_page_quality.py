"""How a page looks is told beside it; blank is a word about a page, never the end of it.

The thresholds are held against drawn pages that get worse step by step, and against the real
scans where they are at hand.
"""

import time

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ocr_assets.page_quality import measure
from tests.support.pages import A4, as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
needs_font = pytest.mark.skipif(not FONT.exists(), reason="no fonts here: run ./kho setup")


HALF = (A4[0] // 2, A4[1] // 2)  # A4 at 150 dpi


def paper(shade=245, tint=(0, 0, 0)):
    return Image.new("RGB", HALF, tuple(shade - less for less in tint))


def grainy(page, grain, seed=7):
    """Return the pixels of a page as a scanner of this grain gives them."""
    if not grain:
        return as_pixels(page)
    noise = np.empty((page.height, page.width, 3), np.int16)
    cv2.setRNGSeed(seed)
    cv2.randn(noise, 0, grain)
    return (as_pixels(page) + noise).clip(0, 255).astype(np.uint8)


def scribble(page, shade, width=2):
    """Write a note by hand: three words of strokes as a pencil leaves them."""
    draw = ImageDraw.Draw(page)
    for word in range(3):
        x = 200 + 130 * word
        points = [(x + 8 * i, 450 + (20 if i % 2 else 0)) for i in range(12)]
        draw.line(points, fill=(shade,) * 3, width=width)
    return page


def stamp(page, colour):
    """Put an empty round stamp and a frame on the page, as ink that came through or a receipt."""
    draw = ImageDraw.Draw(page)
    draw.ellipse((750, 1200, 960, 1410), outline=colour, width=3)
    draw.rectangle((150, 150, 400, 260), outline=colour, width=3)
    return page


def dusty(page):
    draw = ImageDraw.Draw(page)
    for i in range(60):
        x, y = 100 + 18 * i, 150 + (i * 331) % 1450
        draw.ellipse((x, y, x + 4, y + 4), fill=(120, 120, 120))
    return page


@pytest.mark.parametrize("grain", [0, 2, 5, 9])
@pytest.mark.parametrize(
    "page",
    [paper(), paper(255), paper(230, (0, 6, 40)), dusty(paper())],
    ids=["paper", "white", "old paper", "dust"],
)
def test_an_empty_page_is_flagged_blank(page, grain):
    assert measure(grainy(page, grain), 150).is_blank


def test_the_shadow_of_a_fold_makes_no_ink():
    slope = np.linspace(150, 245, A4[0]).astype(np.uint8)
    pixels = np.repeat(np.repeat(slope[None, :, None], A4[1], 0), 3, 2)
    assert measure(pixels, 300).is_blank


@pytest.mark.parametrize(("shade", "grain"), [(225, 0), (220, 2), (215, 4), (190, 8)], ids=str)
def test_a_faint_pencil_note_is_not_blank(shade, grain):
    assert not measure(grainy(scribble(paper(), shade), grain), 150).is_blank


@pytest.mark.parametrize(
    ("colour", "grain"),
    [
        ((225, 90, 90), 6),
        ((245, 190, 190), 0),
        ((245, 190, 190), 6),
        ((150, 160, 235), 6),
        ((225, 225, 225), 3),
    ],
    ids=["red", "faint red", "faint red on grain", "blue", "showing through"],
)
def test_a_stamp_on_the_back_is_not_blank(colour, grain):
    assert not measure(grainy(stamp(paper(), colour), grain), 150).is_blank


@pytest.fixture(scope="module")
def letter():
    if not FONT.exists():
        pytest.skip("no fonts here: run ./kho setup")
    return printed(FONT)


def test_a_letter_is_neither_blank_nor_cut_nor_stained(letter):
    found = measure(grainy(letter, 3), 300)
    assert not found.is_blank
    assert not found.is_stained
    assert found.cut_edges == found.dark_edges == ()
    assert found.contrast > 0.8


def test_sharpness_falls_as_the_scan_blurs(letter):
    told = [
        measure(as_pixels(letter.filter(ImageFilter.GaussianBlur(radius))), 300).sharpness
        for radius in (0, 1, 2, 4)
    ]
    assert told == sorted(told, reverse=True)
    assert told[0] > 0.6
    assert told[-1] < 0.2


def test_contrast_falls_as_the_ink_fades(letter):
    told = [
        measure(
            as_pixels(letter.point([round(255 - (255 - v) * ink) for v in range(256)] * 3)), 300
        )
        for ink in (1.0, 0.5, 0.2)
    ]
    assert [round(found.contrast, 1) for found in told] == [0.9, 0.5, 0.2]
    assert not any(found.is_blank for found in told)


@pytest.mark.parametrize(
    ("box", "edges"),
    [
        ((330, 0, *A4), ("left",)),
        ((0, 270, *A4), ("top",)),
        ((0, 0, 1500, A4[1]), ("right",)),
    ],
)
def test_print_that_runs_out_of_the_picture_is_told_by_its_edge(letter, box, edges):
    assert measure(as_pixels(letter.crop(box)), 300).cut_edges == edges


def test_a_black_border_is_told_apart_from_print(letter):
    page = letter.copy()
    ImageDraw.Draw(page).rectangle((0, 0, 70, A4[1]), fill=(15, 15, 15))
    found = measure(as_pixels(page), 300)
    assert (found.cut_edges, found.dark_edges) == ((), ("left",))
    assert not found.is_stained


def test_a_torn_corner_on_a_black_lid_is_damage(letter):
    page = letter.copy()
    ImageDraw.Draw(page).polygon(((2480, 2300), (2480, 3508), (1400, 3508)), fill=(20, 20, 20))
    found = measure(as_pixels(page), 300)
    assert found.is_stained
    assert not found.is_blank


@pytest.mark.parametrize("size", [(1, 1), (40, 3000), (3000, 40)])
def test_a_page_of_any_shape_is_measured(size):
    measure(np.full((size[1], size[0], 3), 255, np.uint8), 300)


def test_measuring_costs_next_to_nothing(letter):
    pixels = grainy(letter, 3)
    measure(pixels, 300)
    spent = []
    for _ in range(9):
        started = time.thread_time()
        measure(pixels, 300)
        spent.append(time.thread_time() - started)
    assert sorted(spent)[4] < 0.02  # 5 to 6 ms where nobody else is at work


def test_no_real_page_is_taken_for_blank_or_stained(corpus):
    measured = {}
    for path in sorted((corpus / "vn_scans").glob("*.pdf")):
        with pdfium.PdfDocument(path) as document:
            pixels = document[0].render(scale=100 / 72, rev_byteorder=True).to_numpy()
        measured[path.name] = measure(np.ascontiguousarray(pixels[..., :3]), 100)
    assert [name for name, found in measured.items() if found.is_blank or found.is_stained] == []
    assert all(found.contrast > 0.1 for found in measured.values())
