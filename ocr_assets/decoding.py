"""From posteriors to words: the likeliest path, its rivals, and how well any text fits."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    edges = np.flatnonzero(np.diff(codes)) + 1
    for first, end in zip((0, *edges), (*edges, len(codes)), strict=True):
        code = int(codes[first])
        if code != BLANK:
            peak = int(first + steps[first:end, code].argmax())
            yield Character(code, int(first), int(end) - 1, peak, float(steps[peak, code]))


def rivals(word: Spotted, alphabet: Alphabet, *, wide: bool = False) -> list[Candidate]:
    """Return the readings worth weighing, best first; the likeliest path comes first.

    A ``wide`` search also weighs faint characters, for words that make no sense as they stand.
    """
    floor = float(_FAINT if wide else _RIVAL)
    codes = [c.code for c in word.characters]
    edits = sorted(_edits(word, floor), reverse=True)[: _VARIANTS * (1 + wide)]
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
    for i, character in enumerate(word.characters):
        row = steps[character.peak]
        for code in np.flatnonzero(row > floor):
            if code != character.code:
                yield float(row[code]) - character.score, float(i), int(code)
    bounds = [word.start, *(c.last + 1 for c in word.characters)]
    ends = [*(c.first for c in word.characters), word.stop]
    for i, (first, end) in enumerate(zip(bounds, ends, strict=True)):
        if end <= first or (i in (0, len(ends) - 1)):
            continue
        gap = steps[first:end].copy()
        gap[:, BLANK] = -np.inf
        peak, code = np.unravel_index(int(gap.argmax()), gap.shape)
        if gap[peak, code] > _MISSED:
            yield float(gap[peak, code] - steps[first + peak, BLANK]), i - 0.5, int(code)
