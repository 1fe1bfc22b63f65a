"""What stands on a page and is not the document's own: stamps of arrival, seals, another one."""

import pytest

from ocr_assets.extract import describe
from tests.unit.ocr_assets.extract.sheets import (
    STATE,
    WIDTH,
    left,
    line,
    middle,
    page,
    right,
    without,
)


def shifted(one, rows):
    """Return a line so many rows lower."""
    x = (one.box.left + one.box.right) / 2 / WIDTH
    return line(one.text, x, (one.box.top - 100) / 48 + rows)


def test_of_two_documents_on_one_page_nothing_is_accepted():
    alone = describe([page(*STATE)])
    both = describe([page(*STATE, *(shifted(one, 22) for one in STATE[:8]))])
    assert alone["number"].accepted
    assert not any(field.accepted for field in both.values())


@pytest.mark.parametrize("heading", ["CÔNG VĂN ĐẾN", "CÔNG VĂN ĐẼN", "ĐẾN"])
@pytest.mark.parametrize("entry", ["Số: 1234", "Số: 1234/QĐ"])
def test_a_stamp_of_arrival_is_neither_issuer_nor_number(heading, entry):
    stamped = list(without(STATE, "Số: 51"))
    stamped[2:2] = [left(heading, 2), left(entry, 3), left("Ngày: 12/3/2024", 4)]
    found = describe([page(*stamped)])
    assert "number" not in found
    assert found["issuer"].value == describe([page(*STATE)])["issuer"].value


def test_the_documents_own_number_below_a_stamp_stays():
    lines = [*without(STATE, "Số: 51"), left("ĐẾN", 2), left("Số: 1234", 3)]
    found = describe([page(*lines, left("Số: 51/QĐ-UBND", 5))])
    assert found["number"].value == "51/QĐ-UBND"


def test_a_stamps_words_before_an_abstract_do_not_enter_it():
    own = describe([page(*STATE)])["abstract"].value
    assert own.startswith("Về việc")
    lines = [
        middle(f"VĂN 1234 {one.text}", 7) if one.text.startswith("Về việc") else one
        for one in STATE
    ]
    assert describe([page(*lines)])["abstract"].value == own


def test_a_post_without_a_name_is_not_accepted():
    nameless = without(STATE, "Nguyễn Văn Mẫu")
    found = describe([page(*nameless)])
    assert "signer" not in found
    assert not found["signer_title"].accepted


def test_what_a_seal_left_of_a_post_is_not_accepted_as_authority():
    lines = [*without(STATE, "CHỦ TỊCH"), right("T/M ĐẢNG ỦY", 20), right("ÍTHƯ", 21)]
    torn = describe([page(*lines)])
    assert not torn["signer_authority"].accepted
    whole = describe([page(*lines[:-1], right("BÍ THƯ", 21))])
    assert whole["signer_authority"].value == "T/M ĐẢNG ỦY"
    assert whole["signer_authority"].accepted


def test_a_title_spoken_of_is_no_second_head():
    spoken = line("Cộng hòa xã hội chủ nghĩa Việt Nam", 0.5, 12)
    assert describe([page(*STATE, spoken)])["number"].accepted
