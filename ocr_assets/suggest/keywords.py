"""Keywords: phrases a document says far more often than legal texts do.

A phrase of two to four syllables counts by how much more often it stands here than the language
model of legal texts expects (Tomokiyo and Hurst's measure), words of the abstract three times. Its
syllables must hold together: each pair occurs more often than its parts by chance, or more than
once here. Nothing with a digit in it is a keyword.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ocr_assets.extract.letters import plain
from ocr_assets.language_model import UNKNOWN, LanguageModel
from ocr_assets.suggest.phrases import JOINING, pieces
from ocr_assets.suggest.proposal import Kind, Proposal
from ocr_assets.suggest.sheet import Sheet

MOST = 5
_LENGTHS = (2, 3, 4)
_OF_ABSTRACT = 3  # times a phrase of the abstract counts
_TOGETHER = 1.5  # log of how much more often than by chance two syllables meet
_LONGEST = 100  # letters: what the circular's element holds

Phrase = tuple[str, ...]


def keywords(sheet: Sheet, model: LanguageModel) -> Iterator[Proposal]:
    """Yield up to five keywords, the most telling first."""
    abstract = sheet.value("abstract")
    body = " ".join(strip.text for _, strip in sheet.body)
    counts = _counted([*([abstract.lower()] * _OF_ABSTRACT), body])
    if not counts:
        return
    chosen = _chosen(_weighed(counts, model))
    top = chosen[0][1] if chosen else 1.0
    for phrase, weight in chosen:
        yield _proposal(phrase, weight / top, sheet)


def _counted(texts: Sequence[str]) -> Counter[Phrase]:
    counts: Counter[Phrase] = Counter()
    for text in texts:
        for run in pieces(text):
            for length in _LENGTHS:
                counts.update(
                    phrase
                    for at in range(len(run) - length + 1)
                    if _may_be(phrase := tuple(run[at : at + length]))
                )
    return counts


def _may_be(phrase: Phrase) -> bool:
    return (
        phrase[0] not in JOINING
        and phrase[-1] not in JOINING
        and all(len(syllable) > 1 and syllable.isalpha() for syllable in phrase)
        and len(set(phrase)) > 1
    )


def _weighed(counts: Counter[Phrase], model: LanguageModel) -> list[tuple[Phrase, float]]:
    total = sum(counts.values())
    weighed = []
    for phrase, count in counts.items():
        codes = [model.code(syllable) for syllable in phrase]
        if count < 2 or UNKNOWN in codes or not _holds(codes, count, model):
            continue
        expected = sum(
            model.score(*([UNKNOWN, UNKNOWN, *codes[:at]][-2:]), code)
            for at, code in enumerate(codes)
        )
        share = count / total
        weighed.append((phrase, share * (math.log(share) - expected)))
    return sorted(weighed, key=lambda one: (-one[1], one[0]))


def _holds(codes: Sequence[int], count: int, model: LanguageModel) -> bool:
    """Return whether every two neighbours belong together, at large or in this text."""
    return all(
        model.score(UNKNOWN, first, second) - model.score(UNKNOWN, UNKNOWN, second)
        > (_TOGETHER if count < 4 else 0.0)
        for first, second in pairwise(codes)
    )


def _chosen(weighed: Sequence[tuple[Phrase, float]]) -> list[tuple[Phrase, float]]:
    """Return the heaviest phrases of which none is most of another."""
    chosen: list[tuple[Phrase, float]] = []
    for phrase, weight in weighed:
        if weight > 0 and not any(_overlap(phrase, other) for other, _ in chosen):
            chosen.append((phrase, weight))
        if len(chosen) == MOST:
            break
    return chosen


def _overlap(one: Phrase, other: Phrase) -> bool:
    return len(set(one) & set(other)) * 2 > min(len(one), len(other))


def _proposal(phrase: Phrase, score: float, sheet: Sheet) -> Proposal:
    """Return a keyword with the first place where it stands on one line."""
    wanted, value = plain(" ".join(phrase)), " ".join(phrase)[:_LONGEST]
    for page in sheet.pages:
        for strip in page.strips:
            at = strip.plain.find(wanted)
            if at >= 0:
                box = page.box_of(strip, at, at + len(wanted))
                return Proposal(Kind.KEYWORD, value, score, "keyword:telling", page.number, (box,))
    return Proposal(Kind.KEYWORD, value, score, "keyword:telling")
