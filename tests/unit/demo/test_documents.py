# ruff: noqa: S311 - drawings, not secrets
import random

import pytest

from demo.bodies import CITING, body
from demo.documents import TYPE_NAMES, documents
from demo.letterheads import Layout, letterhead
from demo.outgoing import ROWS
from demo.registry.enterprises import tax_code


def test_the_same_seed_gives_the_same_words_and_another_seed_others():
    assert documents(155) == documents(155)
    assert documents(155)["gl-kh-155"].body != documents(156)["gl-kh-155"].body


def test_no_two_documents_share_issuer_number_and_year():
    keys = [document.natural_key for document in documents(155).values()]
    assert len(keys) == len(set(keys)) >= 24


def test_every_type_asked_for_is_there_in_all_three_blocs():
    papers = documents(155).values()
    assert {paper.type_code for paper in papers} >= {
        "QĐ", "KH", "TB", "BC", "TTr", "CV", "CT", "NQ", "KL",
    }  # fmt: skip
    assert {paper.head.layout for paper in papers} == set(Layout)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("gl-kh-155", "155/KH-UBND"),
        ("gl-ct-04", "04/CT-UBND"),
        ("snv-cv-2954", "2954/SNV-CCVTLT"),
        ("tu-ct-29", "29-CT/TU"),
        ("dx-cv-71", "71-CV/ĐU"),
        ("qd-qd-88", "88-QĐ/ĐTN"),
    ],
)
def test_numbers_follow_the_form_of_their_bloc(key, number):
    assert documents(155)[key].number == number


def test_fields_are_the_six_a_reader_looks_for():
    for document in documents(155).values():
        fields = document.fields()
        assert list(fields) == ["number", "date", "issuer", "type", "abstract", "signer"]
        assert fields["issuer"] == fields["issuer"].upper()
        assert fields["type"] in TYPE_NAMES.values()
        assert all(fields.values())


def test_no_document_repeats_a_sentence_before_the_phrase_book_runs_out():
    row = next(row for row in ROWS if row.key == "gl-qd-2417")
    paragraphs = body(row, letterhead(row.agency_code), random.Random(1))
    texts = [paragraph.text.split(" ", 1)[-1] for paragraph in paragraphs]
    assert len(texts) == len(set(texts))


def test_no_slot_of_a_phrase_is_left_unfilled():
    for document in documents(155).values():
        assert not any("{" in paragraph.text for paragraph in document.body)


def test_a_paper_older_than_the_decree_on_clerical_work_does_not_cite_it():
    old = [paper for paper in documents(155).values() if paper.issued.isoformat() < "2020-03-05"]
    assert old
    assert not any("30/2020" in part.text for paper in old for part in paper.body)


def test_a_paper_cites_an_enterprise_of_the_sample_registry():
    [key] = CITING
    words = " ".join(paragraph.text for paragraph in documents(155)[key].body)
    assert f"mã số thuế {tax_code(0)}" in words
    assert "thửa đất số" in words
