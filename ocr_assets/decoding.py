"""From posteriors to words: the likeliest path, its rivals, and how well any text fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr_assets.posteriors import BLANK, Alphabet, LinePosteriors

_RIVAL = np.log(0.004)  # a character less likely than this is no rival
_MISSED = np.log(0.02)  # a character hidden under a blank must be likelier
_FAINT = np.log(1e-5)  # ... unless the likeliest path makes no known syllable
_VARIANTS = 12  # rivals kept for one word

Steps = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Character:
    """One character of the likeliest path: its code, the steps it holds, its log probability."""

    code: int
    first: int
    last: int
    peak: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a word; ``score`` is its log ratio to the likeliest path (0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Spotted:
    """One word of the likeliest path within its line."""

    line: LinePosteriors
    characters: tuple[Character, ...]
    start: int  # first and last step that belong to the word, margins included
    stop: int
    text: str

    @property
    def certainty(self) -> float:
        """Return the probability of its weakest character."""
        return float(np.exp(min((c.score for c in self.characters), default=-np.inf)))

    def part(self, first: int, end: int) -> "Spotted":
        """Return its characters from ``first`` up to ``end`` as a word of their own."""
        inner = self.characters
        return Spotted(
            self.line,
            inner[first:end],
            inner[first - 1].last + 1 if first else self.start,
            inner[end].first if end < len(inner) else self.stop,
            self.text[first:end],
        )


def words(line: LinePosteriors, alphabet: Alphabet) -> list[Spotted]:
    """Return the words of the likeliest path, left to right."""
    groups: list[list[Character]] = [[]]
    cuts = [0]
    for character in _path(line.steps):
        if character.code != alphabet.space:
            groups[-1].append(character)
        elif groups[-1]:
            groups.append([])
            cuts.append(character.peak)
    cuts.append(len(line.steps))
    return [
        Spotted(
            line,
            tuple(group),
            cuts[i],
            cuts[i + 1],
            "".join(alphabet.characters[c.code] for c in group),
        )
        for i, group in enumerate(groups)
        if group
    ]


def _path(steps: Steps) -> Iterator[Character]:
    """Yield the characters of the greedy CTC path."""
    if not len(steps):
        return
    codes = steps.argmax(axis=1)
    edges = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
    for (first, end), code in zip(pairwise(edges), codes[edges[:-1]].tolist(), strict=True):
        if code != BLANK:
            peak = first if end == first + 1 else first + int(steps[first:end, code].argmax())
            yield Character(code, first, end - 1, peak, float(steps[peak, code]))


def rivals(word: Spotted, alphabet: Alphabet, *, wide: bool = False) -> list[Candidate]:
    """Return the readings worth weighing, best first; the likeliest path comes first.

    A ``wide`` search also weighs faint characters, for words that make no sense as they stand.
    """
    floor = float(_FAINT if wide else _RIVAL)
    codes = [c.code for c in word.characters]
    edits = sorted(_edits(word, floor), reverse=True)[: _VARIANTS * (1 + wide)]
    if not edits:
        return [Candidate(word.text, 0.0)] if word.text.strip() else []
    found = {word.text: 0.0}
    for score, position, replacement in edits:
        text = _spell(codes, {position: replacement}, alphabet)
        found[text] = max(found.get(text, -np.inf), score)
    for i, (score, position, replacement) in enumerate(edits):
        for other_score, other, other_replacement in edits[i + 1 :]:
            if other != position and score + other_score > floor:
                both = {position: replacement, other: other_replacement}
                text = _spell(codes, both, alphabet)
                found[text] = max(found.get(text, -np.inf), score + other_score)
    best = sorted(found.items(), key=lambda item: -item[1])[: _VARIANTS * (1 + wide)]
    return [Candidate(text, score) for text, score in best if text.strip()]


def _spell(codes: list[int], edits: dict[float, int], alphabet: Alphabet) -> str:
    """Return the text of ``codes`` with some replaced (whole keys) or put between (halves)."""
    at: dict[float, int] = {float(i): code for i, code in enumerate(codes)}
    at.update(edits)
    return "".join(alphabet.characters[at[position]] for position in sorted(at))


def _edits(word: Spotted, floor: float) -> Iterator[tuple[float, float, int]]:
    """Yield (log ratio, position, code): one character replaced, dropped or put in."""
    steps = word.line.steps
    peaks = steps[[character.peak for character in word.characters]]
    for i, code in zip(*(found.tolist() for found in np.nonzero(peaks > floor)), strict=True):
        character = word.characters[i]
        if code != character.code:
            yield float(peaks[i, code]) - character.score, float(i), code
    hidden = word.line.hidden
    for i, (before, after) in enumerate(pairwise(word.characters), start=1):
        first, end = before.last + 1, after.first
        if end <= first or hidden[first:end].max() <= _MISSED:
            continue
        gap = steps[first:end].copy()
        gap[:, BLANK] = -np.inf
        peak, code = np.unravel_index(int(gap.argmax()), gap.shape)
        yield float(gap[peak, code] - steps[first + peak, BLANK]), i - 0.5, int(code)
