"""A model is heard on what rules did not find, and believed only where the text says it."""

import json
import logging

import pytest

from ocr_assets.ask.address import may_be_asked
from ocr_assets.ask.completing import completed, gaps
from ocr_assets.ask.remote_fields import RemoteFields
from ocr_assets.errors import EndpointElsewhere, FieldsSilent
from ocr_assets.extract import describe
from ocr_assets.remote_lines import RemoteLines
from tests.support.chat import chatting
from tests.unit.ocr_assets.extract.sheets import body, middle, page

CANARY = "Trần Thị Thử"
# No letterhead, no labels: rules find neither number nor signer here.
SHEET = page(
    middle("một tờ giấy cũ không có quốc hiệu", 0),
    body("gửi kèm theo văn thư 51/QĐ-UBND ngày 19 tháng 4 năm 2025", 3),
    body("về việc cấp đất làm nhà ở cho các hộ dân", 4),
    body(f"người ghi là {CANARY} ở xã Mẫu", 20),
)
NOTHING = dict.fromkeys(("number", "date", "issuer", "signer"))


@pytest.fixture
def chat():
    with chatting() as server:
        yield server


@pytest.fixture
def reader(chat):
    made = RemoteFields(chat.url, "m1", token="a secret token")
    made.patience = 1.0
    return made


def asked(reader, sheet=SHEET):
    return completed([sheet], describe([sheet]), reader)


def test_an_answer_that_stands_in_the_text_is_taken_for_review_with_its_place(chat, reader):
    chat.say(NOTHING | {"signer": "trần thị thử", "number": "51/QĐ-UBND", "date": "2025-04-19"})
    found = asked(reader)
    signer = found.fields["signer"]
    assert (signer.value, signer.text_as_read) == (CANARY, CANARY)
    assert (signer.method, signer.accepted, signer.page) == ("model:m1", False, 1)
    left, top, right, bottom = signer.box
    word = SHEET.lines[3].words[3].box.as_fractions(SHEET.width, SHEET.height)
    assert left == pytest.approx(word[0], abs=0.005)
    assert top <= word[1] < word[3] <= bottom
    assert right < 0.9
    assert signer.confidence == pytest.approx(
        signer.reading_confidence * signer.extraction_confidence, abs=3e-4
    )
    assert found.fields["date"].text_as_read.endswith("năm 2025")
    assert found.fields["code_notation"].value == "QĐ-UBND"
    assert not found.fields["code_notation"].accepted
    assert found.taken == 3


@pytest.mark.parametrize(
    ("printed", "answer", "value"),
    [
        ("QUYẾT ĐỊNH của ai đó", "QUYẾT ĐỊNH", "Quyết định"),
        ("giấy xin phép chặt cây", "giấy xin phép", "giấy xin phép"),  # in no list
    ],
)
def test_a_type_is_named_as_the_list_names_it(chat, reader, printed, answer, value):
    sheet = page(middle("một tờ giấy cũ không có quốc hiệu", 0), body(printed, 30))
    chat.say(dict.fromkeys(gaps(describe([sheet]))) | {"type": answer})
    found = asked(reader, sheet).fields["type"]
    assert (found.value, found.method) == (value, "model:m1")


def test_it_is_asked_in_the_form_of_a_schema_and_only_for_gaps(chat, reader):
    chat.say({})
    fields = describe([SHEET])
    with pytest.raises(FieldsSilent):
        completed([SHEET], fields, reader)  # a schema's fields are all there, or it is no answer
    [(path, headers, question)] = chat.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer a secret token"
    schema = question["response_format"]["json_schema"]["schema"]
    assert sorted(schema["properties"]) == sorted(gaps(fields))
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])


def test_a_value_that_is_not_in_the_text_is_counted_and_left(chat, reader):
    lies = {
        "signer": "Lê Văn Không",
        "number": "99/QĐ-UBND",
        "date": "2024-04-19",
        "issuer": "BỘ KHÔNG CÓ",
    }
    chat.say(NOTHING | lies)
    found = asked(reader)
    assert (found.taken, found.unfounded) == (0, 4)
    assert found.fields == describe([SHEET])


@pytest.mark.parametrize("value", ["2025-02-31", "19/4/2025", 7, "", "x" * 2000, ["2025-04-19"]])
def test_a_value_of_another_form_is_no_answer(chat, reader, value):
    chat.say(NOTHING | {"date": value})
    if value == "2025-02-31":
        assert asked(reader).unfounded == 1
        return
    with pytest.raises(FieldsSilent, match="another form") as caught:
        asked(reader)
    assert str(value) not in str(caught.value) or value in (7, "")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"broken"),
        (302, b""),
        (200, b"not JSON at all"),
        (200, b"\xff\xfe"),
        (200, {"choices": []}),
        (200, {"choices": [{"message": {"content": None}}]}),
        (200, {"choices": [{"message": {"content": f"Sure! It is {CANARY}."}}]}),
        (200, {"choices": [{"message": {"content": json.dumps(NOTHING | {"colour": "red"})}}]}),
        (200, b"[" * 100000),
        (200, b" " * (2 << 20)),
    ],
)
def test_garbage_is_no_answer_and_is_not_quoted(chat, reader, status, body, caplog):
    chat.send(status, body)
    with caplog.at_level(logging.DEBUG), pytest.raises(FieldsSilent) as caught:
        asked(reader)
    assert CANARY not in str(caught.value) + caplog.text


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_who_does_not_come_to_an_end_is_not_waited_for(chat, reader, how):
    getattr(chat, how)()
    with pytest.raises(FieldsSilent):
        asked(reader)


def test_nobody_there_is_silence():
    dead = RemoteFields("http://127.0.0.1:9/v1", "m1")
    with pytest.raises(FieldsSilent, match="no answer"):
        asked(dead)


def test_a_value_the_rules_are_fairly_sure_of_is_not_asked_about():
    fields = describe([SHEET])
    from dataclasses import replace

    field = next(iter(fields.values()))
    sure = replace(field, name="signer", confidence=0.6, accepted=False)
    weak = replace(sure, confidence=0.4)
    assert "signer" not in gaps(fields | {"signer": sure})
    assert "signer" in gaps(fields | {"signer": weak})


@pytest.mark.parametrize(
    "url",
    [
        "http://model.example/v1",
        "https://model.example/v1",
        "http://localhost/v1",
        "ftp://127.0.0.1",
    ],
)
def test_an_address_elsewhere_is_refused(url):
    with pytest.raises(EndpointElsewhere, match="KHO_FIELD_ALLOWED_HOST"):
        RemoteFields(url, "m1")
    with pytest.raises(EndpointElsewhere):
        RemoteFields("http://model.example/v1", "m1", allowed_host="model.example")  # without TLS
    RemoteFields("https://model.example/v1", "m1", allowed_host="model.example")


def test_a_hidden_character_does_not_get_into_a_value(chat, reader):
    chat.say(NOTHING | {"signer": "Trần\u0000 Thị\u200b Thử"})
    assert asked(reader).fields["signer"].value == "Trần Thị Thử"


@pytest.mark.parametrize(
    "number",
    [
        "5/1QĐ-UBND",
        "+5.1/QĐ/UBND",
        "51QĐ-UBND",
        "51/QĐ/UBND",
        "51/QD-UBND",
        "1/QĐ-UBND",
        "51/QĐ",
        "51/QĐ-UB",
        "51",
        "19 tháng 4",
        "51/QĐ-UBND ngày 19",
    ],
)
def test_a_number_of_other_digits_or_separators_is_another_number(chat, reader, number):
    chat.say(NOTHING | {"number": number})
    found = asked(reader)
    assert (found.taken, found.unfounded) == (0, 1)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("51/qđ-ubnd", "theo 51/QĐ-UBND, ngày 19"),
        ("51 / QĐ-UBND", "theo 51/QĐ- UBND ngày 19"),
        ("51/QĐ\u2013UBND", "(51/QĐ-UBND)."),
    ],
)
def test_a_number_is_spelt_as_in_the_text_case_and_spaces_aside(chat, reader, number, text):
    chat.know(number=number)
    sheet = page(middle("một tờ giấy cũ", 0), body(text, 3))
    assert asked(reader, sheet).fields["number"].value == "51/QĐ-UBND"


def test_a_number_that_goes_on_in_the_text_is_not_cut_short(chat, reader):
    chat.know(number="51/QĐ-UBND")
    for text in ("151/QĐ-UBND", "1.51/QĐ-UBND", "51/QĐ-UBND-VX", "51/QĐ-UBND -VX", "7/ 51/QĐ-UBND"):
        sheet = page(middle("một tờ giấy cũ", 0), body(f"theo {text} cũ", 3))
        assert asked(reader, sheet).unfounded == 1, text


def test_a_name_is_spelt_as_in_the_text_and_is_not_mostly_punctuation(chat, reader):
    chat.say(NOTHING | {"signer": "TRAN-THI-THU"})
    assert asked(reader).fields["signer"].value == CANARY
    chat.say(NOTHING | {"signer": "Trần" + "-" * 900 + "Thị Thử"})
    assert asked(reader).unfounded == 1


@pytest.mark.parametrize(
    "url",
    [
        r"http://evil.com\@127.0.0.1/v1",
        "http://evil.com;@127.0.0.1/v1",
        "http://user@127.0.0.1/v1",
        "http://user:word@127.0.0.1/v1",
        "http://127.0.0.1;evil.com/v1",
        r"http://127.0.0.1\evil.com/v1",
        "https://model.example;evil.com/v1",
        "https://user@model.example/v1",
        "http://[::1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1:x/v1",
        "http://127.0.0.1\t/v1",
        "http:///v1",
    ],
)
def test_an_address_that_programs_read_in_different_ways_is_refused(url):
    with pytest.raises(EndpointElsewhere):
        RemoteFields(url, "m1", allowed_host="model.example")
    with pytest.raises(EndpointElsewhere):
        RemoteLines(url)


def test_this_machine_has_two_kinds_of_address():
    for url in ("http://[::1]:8000/v1", "http://127.0.0.1/v1", "https://127.0.0.1:8443/v1"):
        assert may_be_asked(url)
