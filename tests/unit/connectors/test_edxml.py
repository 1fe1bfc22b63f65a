"""A message is read as its senders write it; a hostile one is set aside and harms nobody."""

import base64
import hashlib
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import pytest

from connectors.exchange.contract import MESSAGES
from connectors.exchange.edxml import read_message
from connectors.exchange.limits import Limits, MessageUnreadable
from connectors.zip_parts import MOST_PARTS
from tests.support.edxml import (
    PDF,
    TRACES,
    URI,
    attachment,
    element,
    header,
    manifest,
    message,
    party,
)
from warehouse.schema import RAW

LISTED = {"docId": "M-1", "updatedTime": "2025-04-19T10:30:00+07:00"}
SHA = hashlib.sha256(PDF).hexdigest()


def row_of(sent):
    reading = MESSAGES.read(dict(read_message(sent).header) | LISTED)
    assert reading.reason is None
    return reading


def zipped(method=zipfile.ZIP_DEFLATED, **files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_message_becomes_a_row():
    row = row_of(message()).row
    assert (row["message_id"], row["from_code"]) == ("M-1", "000.00.18.H26")
    assert [to["OrganId"] for to in row["to_agencies"]] == ["H26.31", "H26.32"]
    assert (row["code_number"], row["code_notation"]) == ("051", "QĐ-UBND")
    assert row["issued_date"] == date(2025, 4, 19)
    assert (row["type_name"], row["subject"]) == ("Quyết định", "Về việc THỬ")
    assert (row["signer_name"], row["signer_position"]) == ("NGUYỄN THỬ", "Phó Chủ tịch")
    assert (row["urgency_code"], row["page_count"]) == ("1", 3)
    assert row["to_places"] == ["Như trên", "Lưu: VT"]
    assert row["appendixes"] == ["Phụ lục I"]
    assert row["responds_to"] == [{"OrganId": "H26", "Code": "7/KH-UBND"}]
    assert row["sent_at"] == datetime(2025, 4, 19, 3, 20, 30, tzinfo=UTC)
    assert (row["standard"], row["attachment_count"]) == ("QCVN 102:2016", 1)
    assert row["message_sha256"] == hashlib.sha256(message()).hexdigest()
    assert row["_extra"] == {}


def test_the_contract_has_the_columns_of_the_relation():
    columns = {column.name for column in RAW.tables["raw.exchange__messages"].columns}
    lineage = {"_batch_id", "_extracted_at", "_row_sha256"}
    assert set(MESSAGES.pii) | {"_extra"} == columns - lineage
    assert MESSAGES.purpose
    assert "278/2025" in MESSAGES.legal_basis


def test_ways_to_reach_a_person_are_not_taken():
    sender = element("From", element("OrganId", "H26.18") + element("Email", "thu@example.vn"))
    reading = row_of(message(header(From=sender) + TRACES))
    assert "thu@example.vn" not in str(reading.row)
    assert "0000000000" not in str(reading.row)
    assert "TRẦN THỬ" not in str(reading.row)


def test_an_attachment_is_known_by_its_bytes():
    [found] = read_message(message()).attachments
    assert (found["attachment_name"], found["content_type"]) == ("vb.pdf", "application/pdf")
    assert (found["file_sha256"], found["size_bytes"]) == (SHA, len(PDF))
    assert (found["attachment_ordinal"], found["is_packed"]) == (1, False)


def test_a_file_packed_alone_is_known_by_its_own_bytes():
    packed = zipped(**{"vb.pdf": PDF})
    [found] = read_message(message(attachments=attachment(packed))).attachments
    assert (found["file_sha256"], found["size_bytes"], found["is_packed"]) == (SHA, len(PDF), True)
    assert found["sent_sha256"] == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize(
    ("name", "files"),
    [("hs.zip", {"vb.pdf": PDF}), ("vb.docx", {"a.xml": b"1"}), ("hs.bin", {"a": b"1", "b": b"2"})],
)
def test_what_is_meant_to_be_packed_stays_so(name, files):
    packed = zipped(**files)
    [found] = read_message(message(attachments=attachment(packed, name))).attachments
    assert found["file_sha256"] == hashlib.sha256(packed).hexdigest()
    assert not found["is_packed"]


def test_a_manifest_may_name_what_nothing_brings():
    found = read_message(message(body=manifest("c1", "c2"))).attachments
    assert [one["file_sha256"] for one in found] == [SHA, None]


@pytest.mark.parametrize(
    ("uri", "standard"),
    [(URI, "QCVN 102:2016"), ("http://www.e-doc.vn/Schema/", "2012"), ("urn:x", "unknown")],
)
def test_the_standard_is_told_by_its_namespace(uri, standard):
    assert row_of(message(uri=uri)).row["standard"] == standard


def test_an_older_envelope_is_read_too():
    flat = (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"'
        f' xmlns:edXML="http://www.e-doc.vn/Schema/"><S:Header>{header()}{TRACES}</S:Header>'
        f"<S:Body>{manifest('c1').replace('edXMLManifest', 'Manifest')}</S:Body></S:Envelope>"
    )
    read = read_message(flat.encode())
    assert read.header["Code_CodeNumber"] == "051"
    assert [one["file_sha256"] for one in read.attachments] == [None]


@pytest.mark.parametrize("sent", ["2025/04/19", "2025-04-19", "19/04/2025", "2025/4/19 00:00:00"])
def test_days_are_read_as_they_are_written(sent):
    info = element("PromulgationInfo", element("PromulgationDate", sent))
    assert row_of(message(header(PromulgationInfo=info))).row["issued_date"] == date(2025, 4, 19)


@pytest.mark.parametrize("sent", ["2025/02/30", "19.04.2025", "April", "2025/04/19 25:00"])
def test_what_is_no_day_stays_as_sent_and_is_counted(sent):
    info = element("PromulgationInfo", element("PromulgationDate", sent))
    reading = row_of(message(header(PromulgationInfo=info)))
    assert reading.row["issued_date"] is None
    assert reading.row["_extra"] == {"PromulgationInfo_PromulgationDate": sent}
    assert reading.misread == ("issued_date: not a day or time",)


def test_a_time_beyond_every_calendar_is_counted_and_its_message_lands():
    first = dict(read_message(message()).header) | LISTED | {"createdTime": "0001-01-01 00:00:00"}
    reading = MESSAGES.read(first)
    assert reading.row["received_at"] is None
    assert reading.misread == ("received_at: not a time of any calendar",)


def test_a_field_nobody_agreed_on_is_kept():
    reading = row_of(message(header(More=element("Secret", "x"))))
    assert (reading.row["_extra"], reading.unknown) == ({"Secret": "x"}, ("Secret",))


def bomb():
    """Entities that grow to a billion: each is ten of the one before."""
    grown = "".join(f'<!ENTITY e{n} "' + f"&e{n - 1};" * 10 + '">' for n in range(1, 10))
    return f'<!DOCTYPE edXML [<!ENTITY e0 "THỬ">{grown}]>'


OUTSIDE = '<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEEP = "<a>" * 10_000 + "</a>" * 10_000


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (message(before=bomb()), "document type"),
        (message(before=OUTSIDE), "document type"),
        (message(before='<!DOCTYPE edXML SYSTEM "http://127.0.0.1:9/x.dtd">'), "document type"),
        (message(header(Subject=element("Subject", "&x;"))), "not well-formed"),
        (message(header(More=DEEP)), "deeper"),
        (message(header(More="<a/>" * 30_000)), "more or deeper"),
        (message(header(Subject=element("Subject", "x" * 30_000))), "longer than any header"),
        (message()[:-40], "not well-formed"),
        (message()[: len(message()) // 2], "not well-formed"),
        (message().replace("Về".encode(), b"V\xea\xff"), "not well-formed"),
        (message().replace(b"utf-8", b"utf-99"), "not well-formed"),
        (b"", "not well-formed"),
        (b"<html><body>maintenance</body></html>", "no MessageHeader"),
        (message(attachments=attachment(encoded="@@@@")), "attachment 1: not base64"),
        (message(attachments=attachment(encoded="QUJD*")), "attachment 1: not base64"),
        (message(attachments=attachment(encoded="QUJDR")), "attachment 1: not base64"),
        (message(attachments=attachment(encoded="QQ==QUJD")), "attachment 1: not base64"),
        (message(attachments=attachment() * 2), "share one ContentId"),
        (message(attachments=attachment(b"PK\x03\x04 no ZIP")), "cannot be unpacked"),
        (message(header(More=element("Subject", "Khác"))), "Subject: sent twice"),
    ],
)
def test_what_is_no_message_is_told_by_its_fault_and_nothing_of_it_is_said(sent, reason):
    with pytest.raises(MessageUnreadable, match=reason) as told:
        read_message(sent)
    assert told.value.__cause__ is None
    assert "THỬ" not in str(told.value)


@pytest.mark.parametrize(
    ("where", "told"),
    [("{}", "a field that is not agreed on"), ("OtherInfo>{}", "a part of OtherInfo:"),
     ("To>{}", "a part of To:"), ("Attachment>{}", "a part of Attachment:")],
)  # fmt: skip
def test_what_is_sent_twice_is_named_only_by_a_name_that_was_agreed_on(where, told):
    *outer, made_up = where.format("NguyễnVănThử").split(">")
    twice = element(made_up, "1") + element(made_up, "2")
    for name in outer:
        twice = element(name, twice)
    said = header(More=twice) if "Attachment" not in outer else None
    with pytest.raises(MessageUnreadable, match="sent twice, and not alike") as refused:
        read_message(message(said, body=None if said else twice))
    assert str(refused.value).startswith(told)
    assert "Nguyễn" not in str(refused.value)


def test_a_zip_that_explodes_is_stopped():
    packed = zipped(**{"vb.pdf": b"\0" * 5_000_000})
    with pytest.raises(MessageUnreadable, match="larger than"):
        read_message(message(attachments=attachment(packed)), Limits(content_bytes=1_000_000))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_whose_method_unpacks_without_a_bound_is_not_unpacked(method):
    packed = zipped(method, **{"vb.pdf": b"\0" * 5_000_000})
    with pytest.raises(MessageUnreadable, match="attachment 1: packed, and cannot be unpacked"):
        read_message(message(attachments=attachment(packed)))


def test_a_zip_whose_directory_lies_costs_its_message_and_no_other():
    packed = bytearray(zipped(**{"vb.pdf": PDF}))
    packed[packed.rindex(b"PK\x05\x06") + 16 + 1] = 0xFF  # where the directory begins
    with pytest.raises(MessageUnreadable, match="attachment 1: packed, and cannot be unpacked"):
        read_message(message(attachments=attachment(bytes(packed))))


def test_a_zip_that_lists_files_without_end_stays_packed_and_its_list_is_not_read():
    packed = zipped(**{str(number): b"" for number in range(MOST_PARTS + 1)})
    sent = message(attachments=attachment(packed))
    tracemalloc.start()
    [found] = read_message(sent).attachments
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found["file_sha256"] == hashlib.sha256(packed).hexdigest()
    assert not found["is_packed"]
    assert peak < 4_000_000, peak  # its list alone, read, takes more


def test_more_than_a_message_may_hold_is_refused_before_it_is_read():
    with pytest.raises(MessageUnreadable, match="larger than 100 bytes"):
        read_message(message(), Limits(message_bytes=100))


def test_a_large_attachment_is_digested_without_being_held():
    data = bytes(range(256)) * 80_000
    encoded = base64.encodebytes(data).decode()
    sent = message(attachments=attachment(encoded=encoded))
    del encoded
    tracemalloc.start()
    [found] = read_message(sent).attachments
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found["file_sha256"] == hashlib.sha256(data).hexdigest()
    assert peak < 4_000_000 < len(data)


def test_the_same_agency_may_be_named_twice():
    twice = party("To", "H26.31", "Xã Một") * 2
    assert len(row_of(message(header(To=twice))).row["to_agencies"]) == 2
