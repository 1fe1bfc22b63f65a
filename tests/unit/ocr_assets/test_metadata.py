"""What an archive copy says of itself: only what is sure, and never broken XML."""

import pytest
from lxml import etree

from ocr_assets.extract import Field
from ocr_assets.metadata import Metadata, as_xmp, metadata_of
from ocr_assets.profile import Declared

DIGEST = "ab" * 32
HOLDER = Declared("H26.01", "Ủy ban nhân dân xã Một", "D1")
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def fields(accepted=True, **values):
    return {
        name: Field(name, value, value, 1, (0.0, 0.0, 1.0, 1.0), "rule", 0.9, accepted)
        for name, value in values.items()
    }


WHOLE = {
    "type": "Quyết định",
    "number": "51/QĐ-UBND",
    "abstract": "Về việc công nhận",
    "issuer": "ỦY BAN NHÂN DÂN XÃ HAI",
    "date": "2025-02-03",
}


def said(packet, name):
    root = etree.fromstring(packet)
    return [found.text for found in root.iterfind(f".//{name}//rdf:li", NAMES)]


def test_accepted_fields_make_title_publisher_and_date():
    found = metadata_of(DIGEST, fields(**WHOLE), HOLDER)
    assert found.title == "Quyết định 51/QĐ-UBND Về việc công nhận"
    assert found.publisher == "ỦY BAN NHÂN DÂN XÃ HAI"
    assert found.date == "2025-02-03"
    assert found.identifiers == (f"sha256:{DIGEST}", "agency:H26.01", "dossier:D1")


def test_what_a_person_must_still_look_at_is_not_sealed_in():
    found = metadata_of(DIGEST, fields(accepted=False, **WHOLE), HOLDER)
    assert found.title == "sha256:abababababababab"
    assert found.publisher == "Ủy ban nhân dân xã Một"
    assert found.date is None
    packet = as_xmp(found).decode()
    assert not any(value in packet for value in WHOLE.values())


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("type", "number"), "Quyết định 51/QĐ-UBND"),
        (("number",), "51/QĐ-UBND"),
        (("abstract",), "Về việc công nhận"),
        (("type",), "sha256:abababababababab"),
    ],
)
def test_a_title_is_made_of_what_was_accepted_and_a_type_alone_is_none(names, title):
    known = fields(**{name: WHOLE[name] for name in names})
    assert metadata_of(DIGEST, known).title == title


def test_without_issuer_and_declaration_nobody_is_named():
    found = metadata_of(DIGEST, {})
    assert found.publisher is None
    assert found.identifiers == (f"sha256:{DIGEST}",)
    assert said(as_xmp(found), "dc:publisher") == []


def test_a_holder_without_a_name_is_named_by_its_code():
    assert metadata_of(DIGEST, {}, Declared("H26.99")).publisher == "H26.99"


def test_markup_and_letters_xml_cannot_hold_do_no_harm():
    nasty = '<b>&amp; ]]> "Cộng\x00hòa\x0b\ud800\uffff\u202e'
    packet = as_xmp(metadata_of(DIGEST, fields(abstract=nasty, issuer=nasty, date="2025<")))
    assert said(packet, "dc:title") == ['<b>&amp; ]]> "Cộng hòa']
    assert said(packet, "dc:date") == ["2025<"]


def test_text_is_composed_so_that_equal_words_are_equal_bytes():
    apart = metadata_of(DIGEST, fields(number="1/QĐ", abstract="Vê\u0300 viê\u0323c"))
    whole = metadata_of(DIGEST, fields(number="1/QĐ", abstract="Về việc"))
    assert as_xmp(apart) == as_xmp(whole)


def test_equal_metadata_give_equal_bytes():
    one, other = (Metadata("a", "b", ("sha256:c", "agency:d"), "2025") for _ in range(2))
    assert as_xmp(one) == as_xmp(other)
    assert said(as_xmp(one), "xmp:Identifier") == ["sha256:c", "agency:d"]
