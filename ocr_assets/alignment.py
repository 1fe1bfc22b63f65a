"""How well any text fits what the recogniser saw, over all ways to lay it along the line."""

from collections.abc import Sequence

import numpy as np

from ocr_assets.decoding import Spotted, Steps
from ocr_assets.posteriors import Alphabet

_STRANGER = -2.5  # log ratio of a character the recogniser cannot write


def fit(word: Spotted, text: str, alphabet: Alphabet) -> float:
    """Return the log ratio of ``text`` to the likeliest path of ``word``, over all alignments."""
    codes = [alphabet.code(c) for c in text]
    known = [code for code in codes if code is not None]
    strangers = (len(codes) - len(known)) * _STRANGER
    steps = word.line.steps[word.start : word.stop]
    own = forward(steps, [c.code for c in word.characters])
    return min(0.0, forward(steps, known) - own + strangers)


def forward(steps: Steps, codes: Sequence[int]) -> float:
    """Return the log probability that ``steps`` spell ``codes`` (CTC forward algorithm)."""
    labels = np.zeros(2 * len(codes) + 1, np.int64)
    labels[1::2] = codes
    if len(steps) < len(codes) or not len(steps):
        return -np.inf
    skip = np.zeros(len(labels), bool)
    skip[3::2] = labels[3::2] != labels[1:-2:2]
    emit = steps[:, labels].astype(np.float64)
    alpha = np.full(len(labels), -np.inf)
    alpha[:2] = emit[0, :2]
    for row in emit[1:]:
        stay = alpha
        step = np.concatenate(([-np.inf], alpha[:-1]))
        jump = np.where(
            skip, np.concatenate(([-np.inf, -np.inf], alpha[:-2]))[: len(alpha)], -np.inf
        )
        alpha = np.logaddexp(np.logaddexp(stay, step), jump) + row
    return float(np.logaddexp.reduce(alpha[-2:]))
