"""The page reader: trueocr's models, weighed word by word."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_assets import decoding
from ocr_assets.cleaning import Gray, clean
from ocr_assets.decoding import Candidate, Spotted
from ocr_assets.errors import PageUnread
from ocr_assets.language_model import LanguageModel
from ocr_assets.lattice import Choice, Lattice
from ocr_assets.layout import Found, Layout, Straightened
from ocr_assets.opinions import Opinion, weigh
from ocr_assets.placing import Placed, columns, place
from ocr_assets.posteriors import Recogniser
from ocr_assets.reading import Box, Line, PageReading, Word
from ocr_assets.toolbox import Toolbox

_ENGINE = "trueocr"
_DOUBT = 0.9  # a word whose reading holds less than this share makes its line doubtful


class SecondReader(Protocol):
    """Gives an opinion about single lines of a cleaned, straightened page."""

    def show(self, gray: Gray, dpi: float) -> None:
        """Take the page that the next lines lie on."""
        ...

    def read(self, box: Found) -> Sequence[Opinion]:
        """Return the words of the line in ``box``, left to right."""
        ...


class TrueOcrReader:
    """Reads a page once with trueocr, and asks ``second`` about the lines in doubt."""

    def __init__(self, toolbox: Toolbox, second: SecondReader | None = None) -> None:
        cv2.setNumThreads(1)
        self._layout = Layout()
        self._recogniser = Recogniser(toolbox.require(toolbox.recogniser))
        self._lattice = Lattice(LanguageModel())
        self._second = second

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
        drafts = self._in_order(self._drafts(upright.gray), (width, height))
        candidates = [[self._rivals(placed.word) for placed in draft] for draft in drafts]
        choices = self._choose(candidates)
        doubtful = [i for i, line in enumerate(choices) if self._is_doubtful(line)]
        if self._second is not None and doubtful:
            self._second.show(upright.gray, dpi)
            for i in doubtful:
                opinions = self._second.read(_hull(drafts[i]))
                weigh(opinions, drafts[i], candidates[i], self._recogniser.alphabet)
            choices = self._choose(candidates)
        lines = [_line(upright, draft, line) for draft, line in zip(drafts, choices, strict=True)]
        return PageReading(
            page, width, height, dpi, upright.rotation, tuple(line for line in lines if line)
        )

    def _drafts(self, gray: Gray) -> list[list[Placed]]:
        """Return the words of each line piece, header columns kept apart."""
        drafts: list[list[Placed]] = []
        for line in self._recogniser.read(gray, self._layout.lines(gray)):
            words = place(decoding.words(line, self._recogniser.alphabet), gray)
            drafts += columns(words, gray.shape[0])
        return drafts

    def _in_order(
        self, drafts: Sequence[list[Placed]], size: tuple[int, int]
    ) -> list[list[Placed]]:
        texts = [" ".join(placed.word.text for placed in draft) for draft in drafts]
        order = self._layout.order([_hull(draft) for draft in drafts], texts, size)
        return [drafts[i] for i in order]

    def _rivals(self, word: Spotted) -> list[Candidate]:
        wide = self._lattice.is_strange(word.text)
        return decoding.rivals(word, self._recogniser.alphabet, wide=wide)

    def _choose(self, candidates: Sequence[Sequence[Sequence[Candidate]]]) -> list[list[Choice]]:
        """Return the choices for each line, weighed over the whole page."""
        chosen = iter(self._lattice.choose([word for line in candidates for word in line]))
        return [[next(chosen) for _ in line] for line in candidates]

    def _is_doubtful(self, line: Sequence[Choice]) -> bool:
        return any(c.share < _DOUBT or self._lattice.is_strange(c.text) for c in line)


def _line(upright: Straightened, draft: Sequence[Placed], choices: Sequence[Choice]) -> Line | None:
    words = [
        word
        for placed, choice in zip(draft, choices, strict=True)
        for word in _words(upright, placed, choice)
    ]
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


def _words(upright: Straightened, placed: Placed, choice: Choice) -> Iterator[Word]:
    """Yield the words of a choice: one, or several where a space had been overlooked."""
    texts = [text for part in choice.text.split() if (text := tidy(part))]
    left, top, right, bottom = placed.box
    pace = (right - left) / max(1, len(" ".join(texts)))
    confidence = choice.share * placed.word.certainty**0.5
    at = left
    for text in texts:
        end = at + pace * len(text)
        yield Word(text, upright.box((at, top, end, bottom)), confidence)
        at = end + pace


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
