"""One sentence that says what a document is about, taken from it as it was read.

The sentence that shares most with the abstract and the keywords, and is not too long. A sentence
with personal data in it is never taken, and none is made up.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from ocr_assets.language_model import tokens
from ocr_assets.suggest.phrases import JOINING, Sentence, sentences
from ocr_assets.suggest.proposal import Kind, Proposal
from ocr_assets.suggest.sheet import Sheet

_SHORTEST, _LONGEST = 8, 60  # syllables
_DECIDES = ("điều 1", "1.")
_NUMBER = re.compile(r"\d(?:[ .-]?\d){7}")  # may stand for somebody, whatever its form
_LEAST = 0.15  # below it a sentence shares too little to speak for the document


def summary(sheet: Sheet, found_keywords: Sequence[str]) -> Proposal | None:
    """Return the sentence, or None where no sentence speaks for the document."""
    wanted = _telling(sheet.value("abstract")) | _telling(" ".join(found_keywords))
    if not wanted:
        return None
    best = max(
        ((_score(one, wanted, at), -at, one) for at, one in enumerate(sentences(sheet.body))),
        default=(0.0, 0, None),
        key=lambda scored: scored[:2],
    )
    score, _, sentence = best
    if sentence is None or score < _LEAST:
        return None
    boxes = tuple(strip.area for strip in sentence.strips)
    return Proposal(
        Kind.SUMMARY, sentence.text, min(1.0, score), "summary:shared", sentence.page.number, boxes
    )


def _telling(text: str) -> set[tuple[str, str]]:
    found = tokens(text)
    return {pair for pair in pairwise(found) if not (pair[0] in JOINING and pair[1] in JOINING)}


def _score(sentence: Sentence, wanted: Collection[tuple[str, str]], at: int) -> float:
    found = tokens(sentence.text)
    if not _SHORTEST <= len(found) <= _LONGEST or _NUMBER.search(sentence.text):
        return 0.0
    shared = len(_telling(sentence.text) & set(wanted))
    share = 2 * shared / (len(wanted) + len(found) / 2)
    decides = 0.1 if sentence.text.lower().startswith(_DECIDES) else 0.0
    return share + (decides if shared else 0.0) - 0.002 * min(at, 20)
