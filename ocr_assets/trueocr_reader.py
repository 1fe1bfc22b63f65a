"""The page reader: trueocr's models, weighed word by word."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol, runtime_checkable

import cv2
import numpy as np
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as onnxruntime_state

from ocr_assets import decoding, glimpse
from ocr_assets.cleaning import Gray, clean
from ocr_assets.decoding import Candidate
from ocr_assets.errors import PageUnread
from ocr_assets.gaps import filled, gaps, is_printed
from ocr_assets.handwriting import DigitReader
from ocr_assets.hidden_names import NameSeeker, Row, is_hidden, nameless_posts, of_names
from ocr_assets.language_model import SHIPPED, LanguageModel
from ocr_assets.lattice import Choice, Lattice
from ocr_assets.layout import Layout, Straightened
from ocr_assets.marks import with_marks
from ocr_assets.opinions import heard, stretches, weigh
from ocr_assets.placing import Placed, columns, hull, place
from ocr_assets.posteriors import Recogniser
from ocr_assets.reader import LineReader
from ocr_assets.reading import Line, PageReading
from ocr_assets.red_ink import inked, is_told, lay_bare, red_plate, unread, widened
from ocr_assets.setting import Hearing, as_line
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


@runtime_checkable
class PageViewer(Protocol):
    """Can tell whether there is text at all on a page."""

    def show(self, gray: Gray, dpi: float) -> None:
        """Take the page to look at."""
        ...

    def sees_text(self) -> bool:
        """Return whether there are words on the page it was shown."""
        ...


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
        self._names = NameSeeker(self._recogniser)
        self._lattice = Lattice(LanguageModel(language_model or SHIPPED))
        self._others = tuple(others)

    def read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        """Return what stands on ``image`` (height x width, grey or RGB).

        Raises:
            PageUnread: An engine failed on this page.
        """
        with _told_of(page):
            return self._read(image, page, dpi)

    def glimpse(self, picture: Gray, page: int) -> list[str]:
        """Return what the letters on a level, white ``picture`` may be (see glimpse.py).

        Raises:
            PageUnread: An engine failed on it.
        """
        with _told_of(page):
            found = self._recogniser.read(picture, glimpse.rows(picture))
        alphabet = self._recogniser.alphabet
        return [" ".join(word.text for word in decoding.words(line, alphabet)) for line in found]

    def _read(self, image: NDArray[np.uint8], page: int, dpi: float) -> PageReading:
        upright = self._layout.straighten(clean(image))
        height, width = upright.gray.shape
        drafts = self._drafts(upright)
        plate = self._plate(upright, image, page)
        if plate is not None:
            drafts += self._red_drafts(upright, plate, drafts)
        drafts = self._with_hidden_names(upright, plate, drafts)
        drafts = self._in_order(drafts, (width, height))
        self._read_handwriting(drafts, upright.gray)
        candidates = [[self._rivals(placed) for placed in draft] for draft in drafts]
        choices = self._choose(candidates)
        hearings: list[Hearing | None] = [None] * len(drafts)
        for other in self._others:
            other.show(upright.gray, dpi)
            for i, (draft, rivals) in enumerate(zip(drafts, candidates, strict=True)):
                said = self._ask(other, draft, rivals, choices[i])
                hearings[i] = Hearing(said, choices[i]).after(hearings[i])
            choices = self._choose(candidates)
        lines = tuple(_lines(upright, drafts, choices, hearings))
        return PageReading(
            page,
            width,
            height,
            dpi,
            upright.rotation,
            lines,
            rotation_confidence=upright.rotation_confidence,
            skew=upright.skew,
            is_disputed=self._is_disputed(upright.gray, dpi, lines),
        )

    def _is_disputed(self, gray: Gray, dpi: float, lines: Sequence[Line]) -> bool:
        """Return whether one engine sees text on this page and the other none.

        The second is shown the whole page only where one of the two has seen nothing so far.
        """
        seen = [word.evidence for line in lines for word in line.words if word.evidence]
        asked = [evidence.second for evidence in seen if evidence.second is not None]
        second = next((one for one in self._others if isinstance(one, PageViewer)), None)
        if second is None or (lines and (any(asked) or not asked)):
            return False
        second.show(gray, dpi)
        return second.sees_text() != bool(lines)

    def _drafts(self, page: Straightened) -> list[list[Placed]]:
        """Return the words of each line piece, header columns kept apart."""
        drafts: list[list[Placed]] = []
        for line in self._recogniser.read(page.gray, self._layout.lines(page)):
            words = place(decoding.words(line, self._recogniser.alphabet), page.gray)
            drafts += columns(words, page.gray.shape[0])
        return drafts

    def _plate(self, upright: Straightened, image: NDArray[np.uint8], page: int) -> Gray | None:
        """Return what stands in red where people sign, laid over the page, or None."""
        plate = red_plate(np.rot90(image, -upright.rotation // 90), page)
        if plate is None:
            return None
        return self._layout.laid(np.rot90(plate, upright.rotation // 90), upright)

    def _red_drafts(
        self, page: Straightened, plate: Gray, drafts: Sequence[Sequence[Placed]]
    ) -> Iterator[list[Placed]]:
        """Yield what stands in red where people sign, and lay it bare on the cleaned page."""
        known = [hull(draft) for draft in drafts]
        found = self._layout.lines_within(plate, inked(plate))
        found = [widened(box, plate.shape[1]) for box in found if unread(box, known)]
        for line in self._recogniser.read(plate, found):
            words = decoding.words(line, self._recogniser.alphabet)
            if is_told(words):
                lay_bare(page.gray, plate, line.box)
                yield place(words, page.gray)

    def _with_hidden_names(
        self, page: Straightened, plate: Gray | None, drafts: list[list[Placed]]
    ) -> list[list[Placed]]:
        """Return ``drafts`` with the names that seals and signatures lie on, where a post asks."""
        pictures = [page.gray] if plate is None else [page.gray, plate]
        rows = [_row(draft) for draft in drafts]
        for post in nameless_posts(rows, page.gray.shape[1]):
            seen = self._names.below(post, pictures)
            if seen is None or not is_hidden(seen.line.box, rows):
                continue
            if seen.picture is plate:
                lay_bare(page.gray, plate, seen.line.box)
            name = [replace(word, is_name=True) for word in place(seen.words, page.gray)]
            drafts = [draft for draft in drafts if unread(hull(draft), [seen.line.box])]
            drafts.append(name)
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
        wide = placed.is_name or self._lattice.is_strange(text)
        found = decoding.rivals(placed.word, self._recogniser.alphabet, wide=wide)
        if placed.is_name:
            return of_names(found, placed.word.certainty)
        # A slash that opens a symbol is a slash: the sentence knows nothing about it.
        return [c for c in found if text[0] != "/" or c.text[0] == "/"]

    def _ask(
        self,
        other: LineReader,
        draft: Sequence[Placed],
        rivals: list[list[Candidate]],
        line: Sequence[Choice],
    ) -> list[str | None]:
        """Have another reader weigh the words of a line that are in doubt; return its words."""
        said: list[str | None] = [None] * len(draft)
        for first, end in stretches([self._is_doubtful(choice) for choice in line], draft):
            opinions = other.read(hull(draft[first:end]))
            rivals[first:end] = weigh(
                opinions, draft[first:end], rivals[first:end], self._recogniser.alphabet
            )
            said[first:end] = heard(opinions, draft[first:end])
        return said

    def _choose(self, candidates: Sequence[Sequence[Sequence[Candidate]]]) -> list[list[Choice]]:
        """Return the choices for each line, weighed over the whole page."""
        words = with_marks([word for line in candidates for word in line])
        chosen = iter(self._lattice.choose(words))
        return [[next(chosen) for _ in line] for line in candidates]

    def _is_doubtful(self, choice: Choice) -> bool:
        return choice.share < _DOUBT or self._lattice.is_strange(choice.text)


@contextmanager
def _told_of(page: int) -> Iterator[None]:
    """Raise whatever stops an engine as PageUnread, which names the page and nothing on it."""
    try:
        yield
    except (cv2.error, *_ENGINE_FAILURES, RuntimeError, ValueError, MemoryError) as error:
        raise PageUnread(f"page {page}: reading stopped ({type(error).__name__})") from error


def _row(draft: Sequence[Placed]) -> Row:
    text = " ".join(placed.word.text for placed in draft)
    letters = [np.exp(c.score) for placed in draft for c in placed.word.characters]
    return Row(hull(draft), text, float(np.mean(letters)))


def _lines(
    upright: Straightened,
    drafts: Sequence[Sequence[Placed]],
    choices: Sequence[Sequence[Choice]],
    hearings: Sequence[Hearing | None],
) -> Iterator[Line]:
    for draft, line, hearing in zip(drafts, choices, hearings, strict=True):
        found = as_line(upright, draft, line, hearing)
        if found is not None:
            yield found
