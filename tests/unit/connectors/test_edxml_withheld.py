"""Of a message evidence keeps what it says of a document, and of its files digest and length."""

import base64
import hashlib
import random
import time

import pytest
from lxml import etree

from connectors.exchange.edxml import read_message
from connectors.exchange.limits import Limits
from connectors.exchange.withheld import without_files
from tests.support.edxml import PDF, attachment, element, header, message

SHA = hashlib.sha256(PDF).hexdigest()
ENCODED = base64.b64encode(PDF)


def kept(sent):
    shown = without_files(sent)
    assert ENCODED not in shown
    assert PDF not in shown
    return shown


def test_the_bytes_of_a_file_are_withheld_and_what_names_them_is_kept():
    shown = kept(message())
    [content] = etree.fromstring(shown).iter("{*}ContentTransferEncoded")
    [told] = content
    assert (content.text, told.tag.rpartition("}")[2]) == (None, "withheld")
    assert dict(told.attrib) == {"of": "file", "sha256": SHA, "size_bytes": str(len(PDF))}
    for word in ("Về việc THỬ", "NGUYỄN THỬ", "vb.pdf", "application/pdf", "051"):
        assert word.encode() in shown


def test_what_is_kept_says_of_the_document_what_the_message_said():
    sent = message()
    read, again = read_message(sent), read_message(without_files(sent))
    assert again.header | {"sha256": ""} == read.header | {"sha256": ""}
    names = ("attachment_name", "content_type")
    assert [[one[name] for name in names] for one in again.attachments] == [
        [one[name] for name in names] for one in read.attachments
    ]


@pytest.mark.parametrize(
    "attachments",
    [
        f"<Attachment><Content>{ENCODED.decode()}</Content></Attachment>",
        f"<Attachment>{ENCODED.decode()}</Attachment>",
        f"<Attachment a='{ENCODED.decode()}'/>",
        f"<Attachment><AttachmentName>{ENCODED.decode() * 900}</AttachmentName></Attachment>",
        f"<!--{ENCODED.decode()}--><?x {ENCODED.decode()}?>",
        f"<x:Attachment xmlns:x='x'><x:A><![CDATA[{ENCODED.decode()}]]></x:A></x:Attachment>",
        f"<ContentTransferEncoded>{ENCODED.decode()}</ContentTransferEncoded>",
        f"<Tep>{ENCODED.decode()}</Tep>",
    ],
    ids=["renamed", "bare", "attribute", "in a name", "comment", "cdata", "alone", "long"],
)
def test_a_file_that_is_written_elsewhere_is_withheld_as_well(attachments):
    kept(message(attachments=attachments))


def test_a_file_that_is_no_base64_is_told_by_the_digest_of_what_was_sent():
    shown = without_files(message(attachments=attachment(encoded="@@@@")))
    [told] = etree.fromstring(shown).iter("{*}withheld")
    assert dict(told.attrib) == {
        "of": "text",
        "sha256": hashlib.sha256(b"@@@@").hexdigest(),
        "size_bytes": "4",
    }


@pytest.mark.parametrize(
    "sent",
    [
        message()[:-30],
        message(before='<!DOCTYPE x [<!ENTITY a "b">]>'),
        b"--mime\r\n\r\n" + ENCODED,
        b"",
        message(header() + element("X", "") * Limits().elements),
        b"<a>" * 100 + ENCODED + b"</a>" * 100,
        b"<MessageHeader><a" + ENCODED.replace(b"=", b"") * 20 + b"/></MessageHeader>",
        bytes(Limits().message_bytes + 1),
    ],
    ids=["cut off", "doctype", "mime", "empty", "many", "deep", "named", "large"],
)
def test_of_what_cannot_be_read_nothing_is_kept(sent):
    shown = kept(sent)
    assert shown.startswith(b"<withheld ")
    assert len(shown) < 300
    assert b"TH" not in shown


def test_blanks_without_end_are_no_text():
    sent = message(attachments=b"".join((b" " * (1 << 20), b"\n")).decode() * 8)
    began = time.process_time()
    assert len(without_files(sent)) < 10_000
    assert time.process_time() - began < 2


def test_whatever_is_broken_in_a_message_its_file_stays_withheld():
    lot = random.Random(20261127)  # noqa: S311 - faults, not secrets
    whole = message()
    for _ in range(400):
        sent = bytearray(whole)
        for _ in range(lot.randint(1, 4)):
            sent[lot.randrange(len(sent))] = lot.choice(b"<>/&\"' abcAt:\0\xff")
        shown = without_files(bytes(sent))
        assert ENCODED not in shown
        assert ENCODED[:12] not in shown
