"""One run of the comparison: what is new is sketched and held against all there is.

Nothing is written here; a run that finds nothing new has nothing to write.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ocr_assets.duplicates import naming, search, sketch
from ocr_assets.duplicates.paper import Paper, evidence
from ocr_assets.duplicates.shelf import Card, Shelf
from ocr_assets.duplicates.verdict import judge
from orchestration.defs.duplicates import rows
from orchestration.defs.duplicates.library import Library

_PAIRS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do: contents that are new, read anew or corrected, and those gone."""

    fresh: frozenset[str]
    gone: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """Return the contents whose pairs hold no longer."""
        return self.fresh | self.gone


def work_to_do(library: Library, sketched: Mapping[str, Mapping[str, Any]]) -> Work:
    """Return what has changed since the contents were ``sketched`` (rows by content)."""
    current = {
        key
        for key, stands in library.standing.items()
        if key in sketched and rows.is_current(sketched[key], stands, library.words.get(key))
    }
    return Work(
        fresh=frozenset(library.standing.keys() - current),
        gone=frozenset(sketched.keys() - library.standing.keys()),
    )


def cards(
    library: Library, sketched: Mapping[str, Mapping[str, Any]], work: Work
) -> dict[str, Card]:
    """Return a card for every content: those that were kept, and those of what is new."""
    known = {
        key: Card(key, row["text_sketch"], row["look"], row["name_key"], row["sure_number"])
        for key, row in sketched.items()
        if key not in work.touched
    }
    return known | {paper.document_id: card_of(paper) for paper in library.papers(work.fresh)}


def card_of(paper: Paper) -> Card:
    """Return what the search needs of a content."""
    return Card(
        paper.document_id,
        sketch.sketch(paper.text),
        paper.look,
        naming.name_key(paper.fields),
        naming.sure_number(paper.fields),
    )


def pairs(
    library: Library, cards: Mapping[str, Card], fresh: Collection[str]
) -> Iterator[rows.Row]:
    """Yield a row per pair worth keeping: ``fresh`` contents against all of ``cards``."""
    if not fresh:
        return
    shelf = Shelf.of(cards[key] for key in sorted(cards))
    places = search.candidates(shelf, np.array([key in fresh for key in shelf.ids], bool))
    named = [sorted((shelf.ids[one], shelf.ids[other])) for one, other in places.tolist()]
    named.sort()
    for start in range(0, len(named), _PAIRS_AT_ONCE):
        some = named[start : start + _PAIRS_AT_ONCE]
        papers = {
            paper.document_id: replace(paper, sketch=cards[paper.document_id].sketch)
            for paper in library.papers({key for pair in some for key in pair})
        }
        for first, second in some:
            found = evidence(papers[first], papers[second])
            verdict = judge(found)
            if verdict is not None:
                yield rows.pair(first, second, found, verdict)
