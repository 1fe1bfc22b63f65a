"""The page reader: trueocr's models, weighed word by word."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as onnxruntime_state

from ocr_assets import decoding
from ocr_assets.cleaning import Gray, clean
from ocr_assets.decoding import Candidate
from ocr_assets.errors import PageUnread
from ocr_assets.gaps import filled, gaps, is_printed
from ocr_assets.handwriting import DigitReader
from ocr_assets.language_model import SHIPPED, LanguageModel
from ocr_assets.lattice import Choice, Lattice
from ocr_assets.layout import Layout, Straightened
from ocr_assets.marks import with_marks
from ocr_assets.opinions import stretches, weigh
from ocr_assets.placing import Placed, columns, hull, place
from ocr_assets.posteriors import Recogniser
from ocr_assets.reader import LineReader
from ocr_assets.reading import PageReading
from ocr_assets.setting import as_line
from ocr_assets.toolbox import Toolbox

# onnxruntime's errors have no base of their own but Exception
_ENGINE_FAILURES = (
    onnxruntime_state.Fail,
    onnxruntime_state.InvalidArgument,
    onnxruntime_state.EPFail,
    onnxruntime_state.RuntimeException,
    onnxruntime_state.EngineError,
)
_DOUBT = 0.9  # a word whose reading holds less than this share makes its line doubtful


class TrueOcrReader:
    """Reads a page once with trueocr, and asks the ``others`` in turn about what is in doubt."""

    def __init__(
        self,
        toolbox: Toolbox,
        others: Sequence[LineReader] = (),
        language_model: Path | None = None,
    ) -> None:
        cv2.setNumThreads(1)
        self._layout = Layout()
        self._recogniser = Recogniser(toolbox.require(toolbox.recogniser))
        self._digits = DigitReader(self._recogniser)
        self._lattice = Lattice(LanguageModel(language_model or SHIPPED))
        self._others = tuple(others)

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image`` (height x width, grey or RGB).

        Raises:
            PageUnread: An engine failed on this page.
        """
        try:
            return self._read(image, page, dpi)
        except (cv2.error, *_ENGINE_FAILURES, RuntimeError, ValueError, MemoryError) as error:
            raise PageUnread(f"page {page}: reading stopped ({type(error).__name__})") from error

    def _read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        upright = self._layout.straighten(clean(image))
        height, width = upright.gray.shape
        drafts = self._in_order(self._drafts(upright), (width, height))
        self._read_handwriting(drafts, upright.gray)
        candidates = [[self._rivals(placed) for placed in draft] for draft in drafts]
        choices = self._choose(candidates)
        for other in self._others:
            other.show(upright.gray, dpi)
            for draft, rivals, line in zip(drafts, candidates, choices, strict=True):
                self._ask(other, draft, rivals, line)
            choices = self._choose(candidates)
        lines = [as_line(upright, draft, line) for draft, line in zip(drafts, choices, strict=True)]
        return PageReading(
            page,
            width,
            height,
            dpi,
            upright.rotation,
            tuple(line for line in lines if line),
            rotation_confidence=upright.rotation_confidence,
            skew=upright.skew,
        )

    def _drafts(self, page: Straightened) -> list[list[Placed]]:
        """Return the words of each line piece, header columns kept apart."""
        drafts: list[list[Placed]] = []
        for line in self._recogniser.read(page.gray, self._layout.lines(page)):
            words = place(decoding.words(line, self._recogniser.alphabet), page.gray)
            drafts += columns(words, page.gray.shape[0])
        return drafts

    def _in_order(
        self, drafts: Sequence[list[Placed]], size: tuple[int, int]
    ) -> list[list[Placed]]:
        texts = [" ".join(placed.word.text for placed in draft) for draft in drafts]
        order = self._layout.order([hull(draft) for draft in drafts], texts, size)
        return [drafts[i] for i in order]

    def _read_handwriting(self, drafts: list[list[Placed]], gray: Gray) -> None:
        """Settle number, day and month where they are not plainly printed, the first of each."""
        seen: set[str] = set()
        for i, draft in enumerate(drafts):
            for gap in reversed(gaps(draft, gray.shape[0])):
                if gap.kind in seen:
                    continue
                seen.add(gap.kind)
                if is_printed(draft, gap):
                    continue
                given = self._digits.read(gray, gap, draft[0].word.line.box)
                if given is not None:
                    drafts[i] = filled(drafts[i], gap, given)

    def _rivals(self, placed: Placed) -> list[Candidate]:
        if placed.given:
            return [Candidate(placed.given.text, 0.0)]
        text = placed.word.text
        wide = self._lattice.is_strange(text)
        found = decoding.rivals(placed.word, self._recogniser.alphabet, wide=wide)
        # A slash that opens a symbol is a slash: the sentence knows nothing about it.
        return [c for c in found if text[0] != "/" or c.text[0] == "/"]

    def _ask(
        self,
        other: LineReader,
        draft: Sequence[Placed],
        rivals: list[list[Candidate]],
        line: Sequence[Choice],
    ) -> None:
        """Have another reader weigh the words of a line that are in doubt."""
        for first, end in stretches([self._is_doubtful(choice) for choice in line], draft):
            opinions = other.read(hull(draft[first:end]))
            rivals[first:end] = weigh(
                opinions, draft[first:end], rivals[first:end], self._recogniser.alphabet
            )

    def _choose(self, candidates: Sequence[Sequence[Sequence[Candidate]]]) -> list[list[Choice]]:
        """Return the choices for each line, weighed over the whole page."""
        words = with_marks([word for line in candidates for word in line])
        chosen = iter(self._lattice.choose(words))
        return [[next(chosen) for _ in line] for line in candidates]

    def _is_doubtful(self, choice: Choice) -> bool:
        return choice.share < _DOUBT or self._lattice.is_strange(choice.text)
