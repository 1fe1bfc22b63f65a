"""Which reading of each word makes the likeliest sentence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from ocr_assets.decoding import Candidate
from ocr_assets.language_model import LanguageModel, tokens

_WEIGHT = 0.5  # of the language model beside the recogniser
_MARK = -4.0  # what a word without a syllable (a dash, a dot) costs
_BEAM = 24  # histories kept after each word
_NEVER = -math.inf

History = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading chosen for one word, and its share of the likelihood of all its readings."""

    text: str
    share: float


class Lattice:
    """Chooses among candidates by trigrams (Viterbi over the words of a page)."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def choose(self, words: Sequence[Sequence[Candidate]]) -> list[Choice]:
        """Return the best reading of each word; every word has at least one candidate."""
        coded = [[self._codes(candidate.text) for candidate in word] for word in words]
        picks = self._best_path(words, coded)
        return [
            Choice(words[i][pick].text, self._share(i, picks, words, coded))
            for i, pick in enumerate(picks)
        ]

    def is_strange(self, text: str) -> bool:
        """Return whether ``text`` holds a syllable no legal text of the model holds."""
        return any(self._model.code(token) == 0 for token in tokens(text))

    def _codes(self, text: str) -> tuple[int, ...]:
        return tuple(self._model.code(token) for token in tokens(text))

    def _best_path(
        self, words: Sequence[Sequence[Candidate]], coded: Sequence[Sequence[tuple[int, ...]]]
    ) -> list[int]:
        beam: dict[History, float] = {(0, 0): 0.0}
        trail: list[dict[History, tuple[History, int]]] = []
        for word, codes in zip(words, coded, strict=True):
            reached: dict[History, float] = {}
            came: dict[History, tuple[History, int]] = {}
            for history, score in beam.items():
                for pick, candidate in enumerate(word):
                    cost, after = self._cost(history, codes[pick])
                    total = score + candidate.score + cost
                    if total > reached.get(after, _NEVER):
                        reached[after], came[after] = total, (history, pick)
            beam = reached
            if len(beam) > _BEAM:
                beam = dict(sorted(beam.items(), key=itemgetter(1), reverse=True)[:_BEAM])
            trail.append(came)
        picks: list[int] = []
        history = max(beam, key=beam.__getitem__)
        for came in reversed(trail):
            history, pick = came[history]
            picks.append(pick)
        return picks[::-1]

    def _cost(self, history: History, codes: tuple[int, ...]) -> tuple[float, History]:
        """Return the weighted log probability of ``codes`` and the history after them."""
        if not codes:
            return _WEIGHT * _MARK, history
        cost = 0.0
        first, second = history
        for code in codes:
            cost += self._model.score(first, second, code)
            first, second = second, code
        return _WEIGHT * cost, (first, second)

    def _share(
        self,
        at: int,
        picks: Sequence[int],
        words: Sequence[Sequence[Candidate]],
        coded: Sequence[Sequence[tuple[int, ...]]],
    ) -> float:
        """Return the chosen reading's share of all readings of its word, neighbours as chosen."""
        if len(words[at]) == 1:
            return 1.0
        before = [code for i in range(max(0, at - 3), at) for code in coded[i][picks[i]]]
        behind = range(at + 1, min(len(words), at + 3))
        after = [code for i in behind for code in coded[i][picks[i]]]
        history = ([0, 0, *before])[-2:]
        scores = np.array(
            [
                candidate.score + self._cost((history[0], history[1]), codes + tuple(after[:2]))[0]
                for candidate, codes in zip(words[at], coded[at], strict=True)
            ]
        )
        likelihoods = np.exp(scores - scores.max())
        return float(likelihoods[picks[at]] / likelihoods.sum())
