"""What people decided about documents that are most like one: their word as a proposal for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAREST = 5
RULE = "1"  # another rule: all of it is looked for again
_AT_ONCE = 1024  # documents whose likeness is held in memory
_FEWEST = 3  # neighbours that must agree
_ALIKE = 0.88  # cosine; two documents of the sample city have 0.86 (median), one pair in 20 0.91

Vectors = NDArray[np.float32]  # a row a document, of length 1


@dataclass(frozen=True, slots=True)
class Term:
    """A retention group with its term, as a person decided it."""

    group: str
    maintenance_code: str | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """What most of the nearest reviewed documents are, and which ones said so."""

    term: Term
    score: float
    documents: tuple[str, ...]


def likely_terms(
    documents: Sequence[str], vectors: Vectors, reviewed: Mapping[str, Term]
) -> dict[str, Likely]:
    """Return, by document, the term most of its nearest ``reviewed`` ones have, where they agree.

    ``vectors`` has a row for each of ``documents``; a document is no neighbour of itself.
    """
    known = [at for at, document in enumerate(documents) if document in reviewed]
    found: dict[str, Likely] = {}
    if len(known) < _FEWEST:
        return found
    for start in range(0, len(documents), _AT_ONCE):
        alike = vectors[start : start + _AT_ONCE] @ vectors[known].T
        for row, likeness in enumerate(alike):
            document = documents[start + row]
            near = [
                (float(likeness[column]), documents[known[column]])
                for column in np.flatnonzero(likeness >= _ALIKE)
                if known[column] != start + row
            ]
            near.sort(key=lambda one: (-one[0], one[1]))
            likely = _agreed(near[:NEAREST], reviewed)
            if likely is not None:
                found[document] = likely
    return found


def _agreed(near: Sequence[tuple[float, str]], reviewed: Mapping[str, Term]) -> Likely | None:
    """Return the term that most of ``near`` (likeness, document) have, if enough of them do."""
    votes = Counter(reviewed[name] for _, name in near)
    if not votes:
        return None
    term, count = max(votes.items(), key=lambda one: (one[1], repr(one[0])))
    if count < _FEWEST or count * 2 <= len(near):
        return None
    for_it = [(likeness, name) for likeness, name in near if reviewed[name] == term]
    mean = sum(likeness for likeness, _ in for_it) / count
    return Likely(term, round(mean * count / len(near), 6), tuple(name for _, name in for_it))
