"""When a signer's name is accepted: every syllable known, and with the letters that were seen."""

from dataclasses import replace

import pytest

from ocr_assets.extract import describe
from ocr_assets.reading import Decider, Evidence
from tests.unit.ocr_assets.extract.sheets import STATE, page


def signed_by(name, seen=None, second=None):
    """Describe a decision signed by ``name``, of which the readers saw something else."""
    lines = [_signed(line, name, seen, second) for line in STATE]
    return describe([page(*lines)])["signer"]


def _signed(line, name, seen, second):
    if " ".join(word.text for word in line.words) != "Nguyễn Văn Mẫu":
        return line
    words = zip(line.words, name.split(), strict=True)
    return replace(line, words=tuple(_read(word, text, seen, second) for word, text in words))


def _read(word, text, seen, second):
    first = (seen or {}).get(text, text)
    return replace(word, text=text, evidence=Evidence(first, 0.99, Decider.LANGUAGE, second))


@pytest.mark.parametrize(
    ("name", "seen", "second", "is_accepted"),
    [
        ("Vũ Đức Vân", {}, None, True),
        ("Vũ Đức Vân", {"Đức": "Đưc"}, None, True),  # a mark alone
        ("Vũ Đới Vân", {"Đới": "Đớe"}, None, False),
        ("Vũ Đới Vân", {"Đới": "Đớe"}, "Đới", True),
        ("Phạm Thanh Tuãn", {}, None, False),  # no name has this tone
    ],
)
def test_a_name_of_other_letters_than_were_read_is_looked_at(name, seen, second, is_accepted):
    found = signed_by(name, seen, second)
    assert found.value == name
    assert found.accepted is is_accepted
