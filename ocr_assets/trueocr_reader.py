"""The page reader: trueocr's models, weighed word by word."""

import unicodedata
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_assets import decoding
from ocr_assets.cleaning import Gray, clean
from ocr_assets.errors import PageUnread
from ocr_assets.layout import Found, Layout, Straightened
from ocr_assets.placing import Placed, columns, place
from ocr_assets.posteriors import Recogniser
from ocr_assets.reading import Box, Line, PageReading, Word
from ocr_assets.toolbox import Toolbox

_ENGINE = "trueocr"


class TrueOcrReader:
    """Reads a page once with trueocr, and asks ``second`` about the lines in doubt."""

    def __init__(self, toolbox: Toolbox) -> None:
        cv2.setNumThreads(1)
        self._layout = Layout()
        self._recogniser = Recogniser(toolbox.require(toolbox.recogniser))

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image`` (height x width, grey or RGB).

        Raises:
            PageUnread: An engine failed on this page.
        """
        try:
            return self._read(image, page, dpi)
        except (cv2.error, RuntimeError, ValueError, MemoryError) as error:
            # onnxruntime raises RuntimeError; its text may quote nothing but shapes.
            raise PageUnread(f"page {page}: reading stopped ({type(error).__name__})") from error

    def _read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        upright = self._layout.straighten(clean(image))
        height, width = upright.gray.shape
        drafts = self._drafts(upright.gray)
        texts = [" ".join(p.word.text for p in draft) for draft in drafts]
        order = self._layout.order([_hull(draft) for draft in drafts], texts, (width, height))
        lines = tuple(line for i in order if (line := self._line(upright, drafts[i])) is not None)
        return PageReading(page, width, height, dpi, upright.rotation, lines)

    def _drafts(self, gray: Gray) -> list[list[Placed]]:
        """Return the words of each line piece, header columns kept apart."""
        drafts: list[list[Placed]] = []
        for line in self._recogniser.read(gray, self._layout.lines(gray)):
            words = place(decoding.words(line, self._recogniser.alphabet), gray)
            drafts += columns(words, gray.shape[0])
        return drafts

    def _line(self, upright: Straightened, draft: Sequence[Placed]) -> Line | None:
        words = []
        for placed in draft:
            text = tidy(placed.word.text)
            if text:
                words.append(Word(text, upright.box(placed.box), placed.word.certainty))
        if not words:
            return None
        box = Box(
            min(w.box.left for w in words),
            min(w.box.top for w in words),
            max(w.box.right for w in words),
            max(w.box.bottom for w in words),
        )
        confidence = sum(w.confidence for w in words) / len(words)
        return Line(tuple(words), box, confidence, _ENGINE)


def tidy(text: str) -> str:
    """Return ``text`` composed (NFC), with Vietnamese Đ and no control characters."""
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110")
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ")


def _hull(draft: Sequence[Placed]) -> Found:
    return (
        min(p.box[0] for p in draft),
        min(p.box[1] for p in draft),
        max(p.box[2] for p in draft),
        max(p.box[3] for p in draft),
    )
