"""What the package's tables lack or say wrongly, each with its source: ours, and the city's own.

``corrections.csv`` comes with the project. A city adds what it knows, above all about people, in a
file of the same form in its catalog folder.
"""

import csv
import re
from pathlib import Path

from connectors.errors import ContractBroken
from connectors.units.contract import Correction, Word

FILE = Path(__file__).with_name("corrections.csv")
OWN_NAME = "unit_corrections.csv"
"""Name of the city's own file, beside the agency authority file."""
HEADER = ["word", "old_code", "new_code", "value", "source"]


def read_corrections(path: Path = FILE) -> tuple[Correction, ...]:
    """Return the corrections in the order of the file.

    Raises:
        ContractBroken: the file is no UTF-8 table; a line has other cells, an unknown word, a code
            that is none, no source, or stands twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ContractBroken(
            f"{path.name} cannot be read as a table in UTF-8 ({type(error).__name__})"
        ) from None
    if not lines or lines[0] != HEADER:
        raise ContractBroken(f"{path.name} must start with a line naming {','.join(HEADER)}")
    corrections: list[Correction] = []
    for number, line in enumerate(lines[1:], start=2):
        correction = _correction(line, f"{path.name} line {number}")
        if any(_subject(correction) == _subject(other) for other in corrections):
            raise ContractBroken(f"{path.name} line {number}: says twice the same thing")
        corrections.append(correction)
    return tuple(corrections)


def joined_corrections(own: Path | None = None) -> tuple[Correction, ...]:
    """Return the project's corrections and then those of the city's ``own`` file, if it is there.

    Raises:
        ContractBroken: as ``read_corrections``; or both files say the same thing.
    """
    ours = read_corrections()
    if own is None or not own.exists():
        return ours
    theirs = read_corrections(own)
    twice = {_subject(one) for one in ours} & {_subject(one) for one in theirs}
    if twice:
        told = ", ".join(" ".join(subject).strip() for subject in sorted(twice))
        raise ContractBroken(f"{own.name}: {FILE.name} says it already, leave it out: {told}")
    return ours + theirs


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
    codes = [cells["old_code"]] + ([] if word is Word.OLD_NAME else [cells["new_code"]])
    if not all(re.fullmatch(r"[0-9]{5}", code) for code in codes):
        raise ContractBroken(f"{place}: a code has five digits; a spreadsheet drops leading zeros")
    if word is Word.OLD_NAME and cells["new_code"]:
        raise ContractBroken(f"{place}: {word} is said of an old unit alone; empty new_code")
    if (word is Word.OLD_NAME) != bool(cells["value"]):
        raise ContractBroken(f"{place}: a value stands with {Word.OLD_NAME}, and only there")
    return Correction(word, **cells)
