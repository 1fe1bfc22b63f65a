"""Messages of the sample axis say what the city's papers say, but for what is planted in them."""

import hashlib
import json

import pytest

from connectors.exchange.edxml import read_message
from demo.axis.axis import SampleAxis
from demo.axis.messages import SEED_OF_THE_CITY, AxisRecipe, invent_messages
from demo.axis.plan import SENDINGS
from demo.documents import documents

PAPERS = documents(SEED_OF_THE_CITY)
SAID_AS = {
    "date": "PromulgationInfo_PromulgationDate",
    "type": "DocumentType_TypeName",
    "abstract": "Subject",
    "signer": "SignerInfo_FullName",
}


@pytest.fixture(scope="module")
def axis():
    return SampleAxis(invent_messages(AxisRecipe(letters=8, hostile=4)))


@pytest.mark.parametrize("sending", SENDINGS, ids=lambda sending: sending.document)
def test_a_message_differs_from_its_paper_where_that_is_planted_and_nowhere_else(axis, sending):
    said = read_message(axis.message(f"vb-{sending.document}")).header
    paper = PAPERS[sending.document]
    differing = {
        field
        for field, name in SAID_AS.items()
        if said[name].replace("/", "-") != paper.fields()[field].replace("/", "-")
    }
    assert differing == set(sending.says) - {"number", "pages"}
    number = said["Code_CodeNumber"].partition("/")[0]
    assert (number != f"{paper.ordinal:02d}") == ("number" in sending.says)
    assert said["Code_CodeNotation"] == paper.symbol[1:]
    assert said["BussinessDocType"] == sending.action


def test_a_scan_that_was_sent_is_the_delivered_file_also_where_it_is_packed(tmp_path):
    batch = tmp_path / "inbox" / "box-1"
    batch.mkdir(parents=True)
    (tmp_path / "demo" / "truth").mkdir(parents=True)
    files = []
    for sending in SENDINGS:
        if sending.brings_scan:
            (batch / f"{sending.document}.pdf").write_bytes(sending.document.encode())
            files.append({"document": sending.document, "file": f"{sending.document}.pdf"})
    truth = {"batch": "box-1", "files": files}
    (tmp_path / "demo" / "truth" / "box-1.json").write_text(json.dumps(truth))
    drawn = SampleAxis(invent_messages(AxisRecipe(letters=0)), city=tmp_path)
    for sending in (one for one in SENDINGS if one.brings_scan):
        [found] = read_message(drawn.message(f"vb-{sending.document}")).attachments
        assert found["file_sha256"] == hashlib.sha256(sending.document.encode()).hexdigest()
        assert found["is_packed"] == sending.is_packed


def test_the_same_recipe_gives_the_same_messages_and_another_seed_others():
    again = invent_messages(AxisRecipe(letters=8, hostile=4))
    assert invent_messages(AxisRecipe(letters=8, hostile=4)) == again
    assert invent_messages(AxisRecipe(letters=8, hostile=4, seed=2)) != again
