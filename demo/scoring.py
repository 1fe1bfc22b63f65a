"""Compare what a pipeline found with the truth of the sample city, field by field.

Results are plain dicts, one a file, in the shape of ``kho digitize --json``: ``file``, ``outcome``,
``fields`` (name to a value or to a dict with ``value``) and, where known, ``pages`` as texts.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Indel

FIELDS = ("number", "date", "issuer", "type", "abstract", "signer")
SIMILAR = 0.9
_LEGIBLE = ("ok", "degraded")
Result = Mapping[str, Any]


@dataclass(slots=True)
class FieldScore:
    """How often one field was found: exactly, or at least nearly."""

    total: int = 0
    exact: int = 0
    similar: int = 0
    absent: int = 0
    accepted: int = 0
    accepted_wrong: int = 0


@dataclass(slots=True)
class Score:
    """The whole comparison: fields, outcomes, and the share of words read."""

    fields: dict[str, FieldScore] = field(
        default_factory=lambda: {name: FieldScore() for name in FIELDS}
    )
    files: int = 0
    outcomes_as_expected: int = 0
    surprises: dict[str, str] = field(default_factory=dict)
    words: int = 0
    words_read: int = 0

    @property
    def word_recall(self) -> float:
        """The share of the printed words that were read, 0 where no text was compared."""
        return self.words_read / self.words if self.words else 0.0


def score(truth: Mapping[str, Any], results: Iterable[Result]) -> Score:
    """Return how well ``results`` tell the files of one delivery's ``truth``.

    A file without a result counts against its outcome and, where legible, against its fields.
    """
    found = {str(result["file"]).rsplit("/", 1)[-1]: result for result in results}
    total = Score()
    for expected in truth["files"]:
        result = found.get(expected["file"], {})
        total.files += 1
        outcome = str(result.get("outcome", "absent"))
        if outcome == expected["outcome"]:
            total.outcomes_as_expected += 1
        else:
            total.surprises[expected["file"]] = f"{expected['outcome']} -> {outcome}"
        if expected["outcome"] in _LEGIBLE:
            _score_fields(total, expected["fields"], result.get("fields", {}))
            _score_words(total, expected["pages"], result.get("pages"))
    return total


def _score_fields(total: Score, expected: Mapping[str, str], found: Mapping[str, Any]) -> None:
    for name in FIELDS:
        tally, cell = total.fields[name], found.get(name)
        value = cell.get("value") if isinstance(cell, Mapping) else cell
        is_accepted = isinstance(cell, Mapping) and bool(cell.get("accepted"))
        tally.total += 1
        tally.accepted += is_accepted
        if not value:
            tally.absent += 1
            continue
        is_exact = plain(str(value)) == plain(expected[name])
        tally.exact += is_exact
        tally.similar += is_exact or likeness(str(value), expected[name]) >= SIMILAR
        tally.accepted_wrong += is_accepted and not is_exact


def _score_words(total: Score, expected: Iterable[str], found: object) -> None:
    """Count the words of each page that the page's reading holds, each as often as it stands."""
    if not isinstance(found, list):
        return
    for index, page in enumerate(expected):
        read: dict[str, int] = {}
        text = found[index] if index < len(found) else ""
        for word in plain(str(text)).split():
            read[word] = read.get(word, 0) + 1
        for word in plain(page).split():
            total.words += 1
            if read.get(word, 0):
                read[word] -= 1
                total.words_read += 1


def plain(text: str) -> str:
    """Return ``text`` composed (NFC), lower case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, case and spacing aside."""
    return float(Indel.normalized_similarity(plain(one), plain(other)))
