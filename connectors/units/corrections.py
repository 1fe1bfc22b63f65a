"""``corrections.csv``: what the package's tables lack or say wrongly, each with its source."""

import csv
from pathlib import Path

from connectors.errors import ContractBroken
from connectors.units.contract import Correction, Word

FILE = Path(__file__).with_name("corrections.csv")
HEADER = ["word", "old_code", "new_code", "value", "source"]


def read_corrections(path: Path = FILE) -> tuple[Correction, ...]:
    """Return the corrections in the order of the file.

    Raises:
        ContractBroken: a line has other cells, an unknown word, no source, or stands twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, strict=True))
    if not lines or lines[0] != HEADER:
        raise ContractBroken(f"{path.name} must start with a line naming {','.join(HEADER)}")
    corrections: list[Correction] = []
    for number, line in enumerate(lines[1:], start=2):
        correction = _correction(line, f"{path.name} line {number}")
        if any(_subject(correction) == _subject(other) for other in corrections):
            raise ContractBroken(f"{path.name} line {number}: says twice the same thing")
        corrections.append(correction)
    return tuple(corrections)


def _subject(correction: Correction) -> tuple[Word, str, str]:
    return correction.word, correction.old_code, correction.new_code


def _correction(line: list[str], place: str) -> Correction:
    if len(line) != len(HEADER):
        raise ContractBroken(f"{place}: {len(line)} cells, not {len(HEADER)}")
    cells = dict(zip(HEADER, line, strict=True))
    if cells["word"] not in set(Word):
        raise ContractBroken(f"{place}: word is none of {', '.join(Word)}")
    if not cells["source"].strip():
        raise ContractBroken(f"{place}: a correction without a source is an opinion; cite one")
    word = Word(cells.pop("word"))
    if (word is Word.OLD_NAME) != bool(cells["value"]):
        raise ContractBroken(f"{place}: a value stands with {Word.OLD_NAME}, and only there")
    return Correction(word, **cells)
