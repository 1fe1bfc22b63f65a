"""One edXML message: from the bytes of an answer to an item of the contract and its attachments."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from connectors.exchange.content import CHUNK, Measured
from connectors.exchange.envelope import Envelope, EnvelopeReader
from connectors.exchange.limits import Limits, MessageUnreadable

STANDARDS = {
    "http://www.mic.gov.vn/TBT/QCVN_102_2016": "QCVN 102:2016",
    "http://www.e-doc.vn/Schema/": "2012",
}


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One message, read: its header by the names it is sent by, and its attachments."""

    header: Mapping[str, Any]
    attachments: tuple[Mapping[str, Any], ...]


def read_message(sent: bytes, limits: Limits | None = None) -> Message:
    """Return what ``sent`` says.

    Raises:
        MessageUnreadable: it is no edXML message, or takes more room than one may.
    """
    limits = limits or Limits()
    if len(sent) > limits.message_bytes:
        raise MessageUnreadable(f"larger than {limits.message_bytes} bytes")
    said = _parsed(sent, limits)
    if not said.has_header:
        raise MessageUnreadable("no MessageHeader")
    attachments = _attachments(said)
    counted = {
        "standard": STANDARDS.get(said.namespace, "unknown"),
        "sha256": hashlib.sha256(sent).hexdigest(),
        "attachments": str(len(attachments)),
    }
    return Message(said.header | counted, attachments)


def _parsed(sent: bytes, limits: Limits) -> Envelope:
    """Read the envelope."""
    reader = EnvelopeReader(limits)
    try:
        said: Envelope = parse(sent, reader)
    finally:
        reader.drop()
    return said


def parse(sent: bytes, target: Any) -> Any:
    """Give a parser's events to ``target``, piece by piece; return what it closes with.

    Raises:
        MessageUnreadable: it is no XML. What a parser says of a fault quotes the message: it is not
            repeated.
    """
    parser = etree.XMLParser(
        target=target,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        recover=False,
    )
    try:
        for begin in range(0, len(sent), CHUNK):
            parser.feed(sent[begin : begin + CHUNK])
        return parser.close()
    except (etree.LxmlError, LookupError, UnicodeError):
        raise MessageUnreadable("not well-formed XML") from None


def _attachments(said: Envelope) -> tuple[Mapping[str, Any], ...]:
    """Return a row for each attachment, and for each that the manifest names and nothing brings."""
    named = {_bare(one.get("ContentId")): one for one in said.references if one.get("ContentId")}
    brought = [_bare(one.get("ContentId")) for one, _ in said.attachments]
    given = [content_id for content_id in brought if content_id]
    if len(given) != len(set(given)):
        raise MessageUnreadable("two attachments share one ContentId")
    rows = [
        _row({**named.get(content_id, {}), **one}, measured)
        for content_id, (one, measured) in zip(brought, said.attachments, strict=True)
    ]
    absent = (one for one in said.references if _bare(one.get("ContentId")) not in given)
    rows += [_row(one, None) for one in absent] if given or not rows else []
    return tuple({"attachment_ordinal": place, **row} for place, row in enumerate(rows, 1))


def _row(part: Mapping[str, str], measured: Measured | None) -> dict[str, Any]:
    return {
        "attachment_name": part.get("AttachmentName"),
        "description": part.get("Description"),
        "content_type": part.get("ContentType"),
        "size_bytes": measured.size_bytes if measured else None,
        "file_sha256": measured.sha256 if measured else None,
        "sent_sha256": measured.sent_sha256 if measured else None,
        "is_packed": measured.is_packed if measured else None,
    }


def _bare(content_id: str | None) -> str:
    """Return a content's id as the manifest and the attachment both write it, one with ``cid:``."""
    return (content_id or "").strip().removeprefix("cid:").strip("<>")
