"""How likely is a syllable after two others: counts of legal texts, kept in one small file.

`python -m ocr_assets.language_model TEXTS OUT` counts every `.txt`, `.jsonl` and `.jsonl.gz` in a
folder. Only counts leave it: a syllable seen in fewer than two texts is not written.
"""

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "data" / "syllables.npz"

UNKNOWN, NUMBER = 0, 1
_DISCOUNT = 0.75  # of every count, given to what was never seen (absolute discounting)
_STRANGE = -15.0  # log probability of a syllable outside the vocabulary
_SPREAD = 2  # texts a syllable has to occur in
_EDGES = "\"'“”‘’.,;:!?()[]<>*-–/\\…+_`&"

_NEW_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_OLD_TONE = re.compile(rf"(?<!q)({'|'.join(_NEW_TONE)})$")

Keys = NDArray[np.uint64]
Counts = NDArray[np.uint32]


def tokens(text: str) -> list[str]:
    """Return the syllables of ``text`` as the model counts them: lower case, no edges.

    Both ways to place a tone mark (hoá, hóa) count as one.
    """
    words = (word.strip(_EDGES).lower() for word in text.split())
    return [_OLD_TONE.sub(lambda found: _NEW_TONE[found[0]], word) for word in words if word]


class LanguageModel:
    """Trigram probabilities with discounted back-off."""

    def __init__(self, file: Path = SHIPPED) -> None:
        with np.load(file) as data:
            words = bytes(data["words"]).decode().split("\n")
            self._codes = {word: i for i, word in enumerate(words)}
            self._size = len(words)
            self._ones = data["ones"].astype(np.float64)
            self._twos = (np.cumsum(data["two_steps"]), data["two_counts"])
            self._threes = (np.cumsum(data["three_steps"]), data["three_counts"])
        self._total = float(self._ones.sum())
        self._after_one = self._continuations(self._twos)
        self._after_two = self._continuations(self._threes)
        self.score = lru_cache(maxsize=200_000)(self._score)

    def code(self, token: str) -> int:
        """Return the number of ``token``; all numbers are one, strangers are ``UNKNOWN``."""
        if any(c.isdigit() for c in token):
            return NUMBER
        return self._codes.get(token, UNKNOWN)

    def _score(self, first: int, second: int, third: int) -> float:
        """Return the log probability of ``third`` after ``first`` and ``second``."""
        if third == UNKNOWN:
            return _STRANGE
        return math.log(self._three(first, second, third))

    def _three(self, first: int, second: int, third: int) -> float:
        context = first * self._size + second
        seen, kinds = self._context(self._after_two, context)
        lower = self._two(second, third)
        if not seen:
            return lower
        count = _count(self._threes, context * self._size + third)
        return _discounted(count, seen, kinds, lower)

    def _two(self, first: int, second: int) -> float:
        seen, kinds = self._context(self._after_one, first)
        lower = (float(self._ones[second]) + 0.5) / (self._total + 0.5 * self._size)
        if not seen:
            return lower
        count = _count(self._twos, first * self._size + second)
        return _discounted(count, seen, kinds, lower)

    def _continuations(self, table: tuple[Keys, Counts]) -> tuple[Keys, Counts, Counts]:
        """Return each context of a table, how often it was seen and with how many followers."""
        contexts, starts, kinds = np.unique(
            table[0] // np.uint64(self._size), return_index=True, return_counts=True
        )
        sums = np.add.reduceat(table[1], starts) if len(starts) else np.zeros(0, np.uint32)
        return contexts, sums.astype(np.uint32), kinds.astype(np.uint32)

    @staticmethod
    def _context(table: tuple[Keys, Counts, Counts], key: int) -> tuple[float, float]:
        # the array's own method takes a fifth of np.searchsorted's time for a single key
        at = int(table[0].searchsorted(np.uint64(key)))
        if at == len(table[0]) or int(table[0][at]) != key:
            return 0.0, 0.0
        return float(table[1][at]), float(table[2][at])


def _discounted(count: float, seen: float, kinds: float, lower: float) -> float:
    return (max(count - _DISCOUNT, 0.0) + _DISCOUNT * kinds * lower) / seen


def _count(table: tuple[Keys, Counts], key: int) -> float:
    at = int(table[0].searchsorted(np.uint64(key)))
    return float(table[1][at]) if at < len(table[0]) and int(table[0][at]) == key else 0.0


def build(texts: Iterable[str], out: Path) -> None:
    """Count ``texts`` and write the model to ``out``."""
    documents = [tokens(text) for text in texts]
    spread = Counter(token for document in documents for token in set(document))
    words = ["<?>", "<0>"]
    words += sorted(t for t, n in spread.items() if n >= _SPREAD and not re.search(r"[\d\n]", t))
    codes = {word: i for i, word in enumerate(words)}
    sequences = [
        np.array([NUMBER if re.search(r"\d", t) else codes.get(t, UNKNOWN) for t in document])
        for document in documents
    ]
    size = len(words)
    ones = sum(np.bincount(s, minlength=size) for s in sequences if len(s))
    twos = _table(sequences, size, 2)
    threes = _table(sequences, size, 3)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        ones=np.asarray(ones, np.uint32),
        two_steps=np.diff(twos[0], prepend=np.uint64(0)),
        two_counts=twos[1],
        three_steps=np.diff(threes[0], prepend=np.uint64(0)),
        three_counts=threes[1],
    )


def _table(sequences: Sequence[NDArray[np.int64]], size: int, length: int) -> tuple[Keys, Counts]:
    """Return the runs of ``length`` known tokens as sorted keys with their counts."""
    keys = []
    for sequence in sequences:
        runs = np.stack([sequence[i : len(sequence) - length + 1 + i] for i in range(length)])
        runs = runs[:, (runs != UNKNOWN).all(axis=0)].astype(np.uint64)
        key = runs[0]
        for row in runs[1:]:
            key = key * np.uint64(size) + row
        keys.append(key)
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    return found, counts.astype(np.uint32)


def read_texts(folder: Path) -> Iterator[str]:
    """Yield the texts of a folder, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")
        elif path.name.endswith((".jsonl", ".jsonl.gz")):
            data = path.read_bytes()
            lines = gzip.decompress(data) if path.suffix == ".gz" else data
            yield from (json.loads(line)["text"] for line in lines.decode().splitlines())


if __name__ == "__main__":
    build(read_texts(Path(sys.argv[1])), Path(sys.argv[2]))
