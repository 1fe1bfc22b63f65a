"""An entry of a list corrected at the desk stands in the mart of its list after the next build."""

import pytest

from tests.integration.ocr_assets.review.conftest import BOXES, LETTER, RECEIVED, rows_of
from tests.integration.warehouse_models.raw_rows import A, field

LISTS = {
    "recipient": "+fct_document_recipient",
    "attachment": "+fct_document_attachment",
    "signer": "+fct_document_signer",
}
READ = {
    "recipient_1": ("Nhự trên", False),
    "recipient_2": ("Lưu: VT", True),
    "attachment_1": ("Phụ lục l", False),
    "signer": ("FIRST PERSON; SECOND PERS0N", False),
    "signer_1": ("FIRST PERSON", True),
    "signer_2": ("SECOND PERS0N", False),
    "signer_title_2": ("PHÓ CHỦ TICH", False),
}
SAID = {
    "recipient_1": "Như trên",
    "attachment_1": "Phụ lục I",
    "signer_2": "SECOND PERSON",
    "signer_title_2": "PHÓ CHỦ TỊCH",
}


@pytest.fixture(scope="module")
def listed(city):
    """The letter with entries of lists, built."""
    [(archive,)] = city.rows("select distinct archive_sha256 from marts.fct_document_field")
    edges = dict(
        zip(("box_left", "box_top", "box_right", "box_bottom"), BOXES["date"], strict=True)
    )
    more = [
        field(1, RECEIVED, name, value, is_accepted=sure) | edges
        for name, (value, sure) in READ.items()
    ]
    rows = rows_of(archive)
    city.land({"digitization__fields": [*rows["digitization__fields"], *more]})
    city.build_lists = lambda: city.dbt("run", "--select", "+fct_document_field", *LISTS.values())
    assert city.build_lists().success
    return city


def entries(city, name, columns):
    query = f"select {columns} from marts.fct_document_{name} where document_key = '{LETTER}'"
    return city.rows(f"{query} order by {name}_position")


def test_corrected_entries_stand_in_the_marts_of_their_lists(listed, seated):
    assert entries(listed, "recipient", "recipient_name, recipient_type, is_accepted") == [
        ("Nhự trên", "named", False),
        ("Lưu: VT", "file", True),
    ]
    browser = seated(A)
    browser.see()
    for name, value in SAID.items():
        answer = browser.post("/say", key=f"{LETTER}#{name}", upon="0", value=value)
        assert answer.status_code == 200, answer.text
    assert listed.build_lists().success
    assert entries(
        listed, "recipient", "recipient_name, recipient_type, decided_by, is_accepted"
    ) == [("Như trên", "reference", "person", True), ("Lưu: VT", "file", "rule", True)]
    assert entries(listed, "attachment", "attachment_title, decided_by, is_accepted") == [
        ("Phụ lục I", "person", True)
    ]
    assert entries(listed, "signer", "signer_name, signer_title, is_signer_title_accepted") == [
        ("FIRST PERSON", None, False),
        ("SECOND PERSON", "PHÓ CHỦ TỊCH", True),
    ]


def test_an_entry_that_the_document_does_not_have_leaves_its_list(listed, seated):
    browser = seated(A)
    browser.see()
    said = browser.post("/say", key=f"{LETTER}#recipient_2", upon="0", value="", none="1")
    assert said.status_code == 200
    assert listed.build_lists().success
    assert [name for (name,) in entries(listed, "recipient", "recipient_name")] == ["Như trên"]
