"""How a page looks, measured on the raster it is read from; nothing is rendered again.

Every measure is a flag or a number beside the page. None of them removes anything: a page that
looks blank is read, kept and archived like its siblings.

The thresholds were set on the 30 real scans of the corpus and on drawn pages made worse step by
step (noise, blur, faint ink, cut margins): tests/unit/ocr_assets/archive/test_page_quality.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_assets.reading import PageQuality

Pixels = NDArray[np.uint8]

_STEP_OF_GRAIN = 1.466  # seven of ten neighbours differ by less than so many deviations
_SAMPLE = 4  # the grain of every fourth row is that of the page
_TILE, _TILES = 128, 8  # print is looked at closely in so many places of so many pixels
_SOLID = 0.6  # a place with more ink than this is a picture or a border
_LEAST_REACH = 12  # grey levels between paper and ink that a slope can be measured on

SMALL_DPI = 75.0  # a stroke of a pen is a pixel or two at this resolution
_PAPER, _REACH = 6, 9  # paper is smooth: a fraction of that, smoothed beyond any stroke


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a measure becomes a flag; lengths in millimetres, levels in grey steps of 255."""

    faintest_ink: int = 9  # below the paper around it; a pencil on grey paper is about 14
    noise_factor: float = 5.0  # ink stands out of the grain of the paper by so many times
    shortest_stroke: float = 2.0  # dust is shorter
    ink_of_a_text: float = 0.004  # share of a page; more than this is no blank page
    unlooked_margin: float = 4.0  # shadows of the scanner's lid lie at the edges
    edge: float = 0.7  # print within this much of the edge runs out of the picture
    longest_cut: float = 8.0  # a cut line of print is shorter, a black border longer
    fewest_cuts: int = 4
    dark: float = 0.5  # of the brightness of the paper
    dark_print: float = 0.7  # the same for a stroke, which its surroundings brighten
    damaged_share: float = 0.04  # of the page that is dark, print apart


THRESHOLDS = Thresholds()


def measure(pixels: Pixels, dpi: float, small: Pixels | None = None) -> PageQuality:
    """Return how the page on ``pixels`` (RGB, height x width x 3) looks.

    ``small`` is its ``small_copy``, where somebody has made one already.
    """
    thresholds = THRESHOLDS
    small = small_copy(pixels, dpi) if small is None else small
    darkest = _darkest_channel(small)
    paper = _paper(darkest)
    ink = _ink(darkest, paper, thresholds)
    white = _percentile(paper, 0.9)
    sharpness, contrast = _strokes(pixels, ink, dpi)
    edges = {name: _edge(strip, white, thresholds) for name, strip in _strips(darkest, thresholds)}
    return PageQuality(
        is_blank=_is_blank(ink, thresholds),
        is_stained=_dark_share(paper, white, thresholds) > thresholds.damaged_share,
        sharpness=sharpness,
        contrast=contrast,
        cut_edges=tuple(name for name, found in edges.items() if found == "cut"),
        dark_edges=tuple(name for name, found in edges.items() if found == "dark"),
    )


def small_copy(pixels: Pixels, dpi: float) -> Pixels:
    """Return the page at the resolution of strokes: four pixels averaged, the rest left out."""
    factor = dpi / SMALL_DPI
    height, width = pixels.shape[:2]
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _darkest_channel(image: Pixels) -> Pixels:
    """Return the minimum of R, G and B: a coloured stamp is ink like any other."""
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def _paper(dark: Pixels) -> Pixels:
    """Return the page without its ink, at a fraction of the size."""
    height, width = dark.shape
    size = (max(1, width // _PAPER), max(1, height // _PAPER))
    bright = cv2.dilate(dark, np.ones((_PAPER, _PAPER), np.uint8))
    tiny = cv2.resize(bright, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.medianBlur(tiny, _REACH), np.uint8)


def _ink(dark: Pixels, paper: Pixels, thresholds: Thresholds) -> Pixels:
    """Return 255 where something is darker than the paper around it and than its grain."""
    height, width = dark.shape
    around = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    below = np.asarray(cv2.subtract(around, dark), np.uint8)
    some = np.ascontiguousarray(below[::_SAMPLE])
    grain = _percentile(some, 0.5) + thresholds.noise_factor * _spread(dark[::_SAMPLE])
    least = max(thresholds.faintest_ink, round(grain))
    return np.asarray(cv2.threshold(below, least, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _spread(dark: Pixels) -> float:
    """Return the grain of the paper (standard deviation), from how neighbours differ.

    Most neighbours are both paper, however dense the print: seven of ten tell of the grain.
    """
    if dark.shape[1] < 2:
        return 0.0
    steps = np.asarray(cv2.absdiff(dark[:, 1:], dark[:, :-1]), np.uint8)
    return _percentile(steps, 0.7) / _STEP_OF_GRAIN


def _percentile(image: Pixels, share: float) -> int:
    counts = cv2.calcHist([image], [0], None, [256], [0, 256]).cumsum()
    return int(np.searchsorted(counts, share * counts[-1]))


def _is_blank(ink: Pixels, thresholds: Thresholds) -> bool:
    """Return whether nothing on the page is as long as a stroke; dust is not."""
    margin = _pixels(thresholds.unlooked_margin)
    inner = ink[margin:-margin, margin:-margin]
    if not inner.size:
        return False
    if cv2.countNonZero(inner) > thresholds.ink_of_a_text * inner.size:
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    longest = stats[1:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max() if count > 1 else 0
    return bool(longest < _pixels(thresholds.shortest_stroke))


def _pixels(millimetres: float) -> int:
    return max(1, round(millimetres / 25.4 * SMALL_DPI))


def _dark_share(paper: Pixels, white: int, thresholds: Thresholds) -> float:
    return float((paper < thresholds.dark * white).mean())


def _strips(dark: Pixels, thresholds: Thresholds) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield the outermost strip of each edge, averaged across its depth."""
    deep = _pixels(thresholds.edge)
    yield "left", dark[:, :deep].mean(axis=1)
    yield "top", dark[:deep].mean(axis=0)
    yield "right", dark[:, -deep:].mean(axis=1)
    yield "bottom", dark[-deep:].mean(axis=0)


def _edge(strip: NDArray[np.float64], white: int, thresholds: Thresholds) -> str:
    """Return ``cut`` where several pieces of print touch the edge, ``dark`` for one long piece."""
    steps = np.flatnonzero(np.diff(np.pad(strip < thresholds.dark_print * white, 1).astype(int)))
    lengths = steps[1::2] - steps[::2]
    if lengths.max(initial=0) > _pixels(thresholds.longest_cut):
        return "dark"
    is_print = len(lengths) >= thresholds.fewest_cuts and (lengths > 1).sum() > 1
    return "cut" if is_print else ""


def _strokes(pixels: Pixels, ink: Pixels, dpi: float) -> tuple[float | None, float | None]:
    """Return sharpness and contrast, the median over the places with most ink."""
    told = [
        (steepest / reach, reach / 255)
        for tile in _inked_tiles(pixels, ink, dpi / SMALL_DPI)
        if (reach := _percentile(tile, 0.9) - _percentile(tile, 0.05)) >= _LEAST_REACH
        and (steepest := _steepness(tile)) > 0
    ]
    if not told:
        return None, None
    sharpness, contrast = np.median(told, axis=0)
    return round(min(1.0, float(sharpness)), 3), round(float(contrast), 3)


def _steepness(tile: Pixels) -> int:
    """Return the change from a pixel to the next that few edges of the tile exceed."""
    across = cv2.absdiff(tile[:-1, 1:], tile[:-1, :-1])
    down = cv2.absdiff(tile[1:, :-1], tile[:-1, :-1])
    return _percentile(np.asarray(cv2.max(across, down), np.uint8), 0.98)


def _inked_tiles(pixels: Pixels, ink: Pixels, factor: float) -> Iterator[Pixels]:
    """Yield the few places of the page with most print on them, as they are."""
    side = max(1, round(_TILE / factor))
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    if not (rows and columns):
        return
    cells = ink[: rows * side, : columns * side]
    share = cv2.resize(cells, (columns, rows), interpolation=cv2.INTER_AREA) / 255
    share[share > _SOLID] = 0
    for cell in np.argsort(share, axis=None)[-_TILES:]:
        row, column = divmod(int(cell), columns)
        if share[row, column] > 0:
            top, left = round(row * side * factor), round(column * side * factor)
            yield _darkest_channel(pixels[top : top + _TILE, left : left + _TILE])
