"""Digits written by hand into a printed line, read by two that do not share their mistakes.

The recogniser, held to digits, reads the gap at four heights (handwriting is taller than print);
a classifier of single digits reads its pieces. Their log probabilities are added.
"""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ocr_assets.alignment import forward
from ocr_assets.cleaning import Gray
from ocr_assets.digits import DigitClassifier
from ocr_assets.gaps import DAY, MONTH, Gap
from ocr_assets.layout import Found
from ocr_assets.placing import Given
from ocr_assets.posteriors import BLANK, Recogniser
from ocr_assets.strokes import blobs, only, pieces, stacked

_HEIGHTS = (0.05, 0.2, 0.35, 0.5)  # of the line, added above and below
_VIEW_FLOOR, _PIECE_FLOOR = np.log(0.01), np.log(0.0025)  # no reader's no is final
# The share of the best text overrates it, more so where the two would have chosen differently: of
# 34 gaps on the real scans that they agreed on one was wrong, at .08, and of 86 on drawn pages
# four, at .77, .90, .99 and .99 (a digit dropped by both); of 12 disputed on scans three, up to .95
_AGREED, _DISPUTED = 1.5, 3.0  # powers of the share
_ODD = 2.0  # log probability lost for each digit more or fewer than pieces of ink
_LONGEST = 5  # digits of a number
_WIDE = 0.85  # times its height: a wider piece may be two digits
_UNUSUAL = 2.5  # log probability lost by a number or day below ten, or month 1 or 2, without nought

Floats = NDArray[np.float32]


class DigitReader:
    """Reads the digits in a gap."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._classifier = DigitClassifier()
        codes = [recogniser.alphabet.code(str(digit)) for digit in range(10)]
        self._codes = np.array([BLANK, *(code for code in codes if code is not None)])

    def read(self, gray: Gray, gap: Gap, line: Found) -> Given | None:
        """Return the digits in ``gap`` of a straightened page, or None if it holds no ink."""
        crop, body = _crop(gray, gap, line)
        found = stacked(blobs(255 - crop, body))
        if not found:
            return None
        expected = {len(found), len(found) + any(b.width > _WIDE * b.height for b in found)}
        ink = only(255 - crop, found)
        steps = self._steps(255 - ink, body)
        cut = {n: self._classifier.log_probabilities(pieces(ink, found, n)) for n in _lengths(gap)}
        texts = list(dict.fromkeys(_candidates(gap, cut, steps, expected)))
        odd = np.array([min(abs(len(text) - n) for n in expected) for text in texts])
        loss = _ODD * odd + _UNUSUAL * _unusual(gap.kind, texts)
        views = np.array([_view(text, steps) for text in texts]) - loss
        seen = np.array([_seen(text, cut[len(text)]) for text in texts]) - loss
        scores = views + seen + loss
        shares = np.exp(scores - np.logaddexp.reduce(scores))
        best = int(shares.argmax())
        # a piece wide enough for two digits and read as one is never agreed on: both lose digits
        is_whole = len(texts[best]) >= max(expected)
        agreed = is_whole and best == views.argmax() == seen.argmax()
        return Given(texts[best], float(shares[best]) ** (_AGREED if agreed else _DISPUTED))

    def _steps(self, gray: Gray, body: Found) -> list[Floats]:
        """Return the log probabilities of blank and ten digits, one reading for each height."""
        left, top, right, bottom = body
        height = bottom - top
        boxes = [(left, top - h * height, right, bottom + h * height) for h in _HEIGHTS]
        found: list[Floats] = []
        for line in self._recogniser.read(gray, boxes):
            digits = line.steps[:, self._codes]
            found.append(digits - np.logaddexp.reduce(digits, axis=1, keepdims=True))
        return found


def _crop(gray: Gray, gap: Gap, line: Found) -> tuple[Gray, Found]:
    """Return the gap with room above and below, and the line's place within it."""
    height = line[3] - line[1]
    top, bottom = max(0, int(line[1] - 0.7 * height)), int(line[3] + 0.7 * height)
    left, right = max(0, int(gap.left)), int(np.ceil(gap.right))
    crop = np.ascontiguousarray(gray[top:bottom, left:right])
    return crop, (0.0, line[1] - top, float(crop.shape[1]), line[3] - top)


def _lengths(gap: Gap) -> range:
    return range(1, 3 if gap.kind in (DAY, MONTH) else _LONGEST + 1)


def _unusual(kind: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return 1 for each text that Decree 30/2020 wants written with a nought before it, else 0."""
    alone = "12" if kind == MONTH else "123456789"
    return np.array([float(len(text) == 1 and text in alone) for text in texts])


def _candidates(
    gap: Gap, cut: dict[int, Floats], steps: Sequence[Floats], expected: set[int]
) -> Iterable[str]:
    if gap.kind == DAY:
        yield from (*(str(day) for day in range(1, 10)), *(f"{day:02}" for day in range(1, 32)))
    elif gap.kind == MONTH:
        yield from (*(str(month) for month in range(1, 10)), *(f"{m:02}" for m in range(1, 13)))
    else:
        likely = [_greedy(reading) for reading in steps]
        lengths = {len(text) for text in likely} | expected
        near = min(cut, key=lambda n: min(abs(n - length) for length in lengths))
        for n in lengths & cut.keys() or {near}:
            ranks = [np.argsort(-row)[:3] for row in cut[n]]
            yield from ("".join(map(str, digits)) for digits in product(*ranks))
        yield from (text for text in likely if len(text) in cut)


def _greedy(steps: Floats) -> str:
    codes = steps.argmax(axis=1)
    changed = np.concatenate(([True], codes[1:] != codes[:-1]))
    return "".join(str(code - 1) for code in codes[changed] if code != BLANK)


def _view(text: str, steps: Sequence[Floats]) -> float:
    """Return the log probability of ``text`` by the recogniser, the mean over its readings."""
    codes = [int(digit) + 1 for digit in text]
    return float(np.mean([max(forward(reading, codes), _VIEW_FLOOR) for reading in steps]))


def _seen(text: str, rows: Floats) -> float:
    """Return the log probability of ``text`` by the classifier of single digits."""
    pairs = zip(rows, text, strict=True)
    return float(sum(max(float(row[int(digit)]), _PIECE_FLOOR) for row, digit in pairs))
