"""An edXML envelope read as it comes: no tree, no entity, no network, nothing without a bound."""

from dataclasses import dataclass, field
from typing import Any

from connectors.exchange.content import Content, Measured
from connectors.exchange.contract import MESSAGES, NOT_TAKEN
from connectors.exchange.limits import Limits, MessageUnreadable

#: What messages are wrapped in: nothing of it says anything, and not all write all of it.
WRAPPINGS = frozenset(
    ("edXML", "EdXML", "edXMLEnvelope", "EdXMLEnvelope", "Envelope", "edXMLHeader", "EdXMLHeader")
    + ("Header", "MessageHeader", "TraceHeaderList", "Bussiness", "edXMLBody", "EdXMLBody", "Body")
    + ("edXMLManifest", "Manifest", "AttachmentEncoded")
)
GROUPS = ("To", "ResponseFor")  # sent several times, with parts of their own
LISTS = ("ToPlaces_Place", "OtherInfo_Appendixes_Appendix")
CONTENT = "Attachment_ContentTransferEncoded"
FILES = ("Attachment", "Reference")
#: What may be repeated of a message: the names that were agreed on, and none that a sender made up.
AGREED = frozenset(one.sent_as for one in MESSAGES.fields)
OUTER = frozenset(name.partition("_")[0] for name in AGREED).union(FILES)
#: Read by others as the same things; written by some.
SAID_OTHERWISE = {
    "DocumentType": "DocumentType_TypeName",
    "SignerInfo_Signer": "SignerInfo_FullName",
    "OtherInfo_Appendix": "OtherInfo_Appendixes_Appendix",
}


@dataclass(slots=True)
class Envelope:
    """What one envelope says, as sent: its header by name, its manifest, its attachments."""

    header: dict[str, Any] = field(default_factory=dict, repr=False)
    references: list[dict[str, str]] = field(default_factory=list, repr=False)
    attachments: list[tuple[dict[str, str], Measured | None]] = field(
        default_factory=list, repr=False
    )
    namespace: str = ""
    has_header: bool = False


class EnvelopeReader:
    """Takes an XML parser's events, and keeps of them what an envelope says."""

    def __init__(self, limits: Limits) -> None:
        """Begin before the first element."""
        self._limits = limits
        self._said = Envelope()
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._elements = 0
        self._part: dict[str, str] | None = None
        self._content: Content | None = None
        self._is_in_content = False

    def doctype(self, *_named: object) -> None:
        """Refuse a document type before anything in it is looked at."""
        raise MessageUnreadable("declares a document type, which edXML does not have")

    def start(self, tag: str, _attributes: object) -> None:
        """Begin an element."""
        namespace, _, name = tag.rpartition("}")
        self._elements += 1
        if self._elements > self._limits.elements or len(self._path) >= self._limits.depth:
            raise MessageUnreadable("more or deeper elements than any message has")
        self._path.append(name)
        self._texts.append([])
        if name == "MessageHeader":
            self._said.has_header = True
            self._said.namespace = namespace.removeprefix("{")
        if self._where() in (*GROUPS, *FILES):
            self._part = {}
        if self._where() == CONTENT and self._part is not None:
            if self._content is not None:
                raise self._in_attachment(MessageUnreadable("has two contents"))
            self._content, self._is_in_content = Content(self._limits), True

    def data(self, text: str) -> None:
        """Take text: of an attachment piece by piece, of anything else up to a bound."""
        if self._is_in_content and self._content is not None:
            try:
                self._content.feed(text)
            except MessageUnreadable as wrong:
                raise self._in_attachment(wrong) from None
            return
        if not self._texts:
            return
        kept = self._texts[-1]
        kept.append(text)
        if len(kept) > 1:
            kept[:] = ["".join(kept)]
        if len(kept[0]) > self._limits.field_characters:
            raise MessageUnreadable("a field longer than any header has")

    def end(self, _tag: str) -> None:
        """End an element: keep its text, close its group."""
        where, text = self._where(), "".join(self._texts.pop()).strip()
        if where == CONTENT:
            self._is_in_content = False
        elif where in GROUPS:
            self._keep_group(where)
        elif where in FILES:
            self._keep_file(where)
        elif text and not any(name in NOT_TAKEN for name in self._path):
            self._keep(where, text)
        self._path.pop()

    def close(self) -> Envelope:
        """Return what was said."""
        self.drop()
        return self._said

    def drop(self) -> None:
        """Let go of an attachment that has not come to its end."""
        if self._content is not None:
            self._content.close()
            self._content = None

    def _where(self) -> str:
        return "_".join(name for name in self._path if name not in WRAPPINGS)

    def _keep(self, where: str, text: str) -> None:
        group, _, name = where.partition("_")
        if self._part is not None and group in (*GROUPS, *FILES):
            _once(self._part, name, text, where)
            return
        where = SAID_OTHERWISE.get(where, where)
        if where in LISTS:
            self._said.header.setdefault(where, []).append(text)
        elif where == "TraceHeader_Timestamp":
            self._said.header.setdefault(where, text)  # the first is the sender's
        elif group != "TraceHeader":
            _once(self._said.header, where, text, where)

    def _keep_group(self, where: str) -> None:
        if self._part:
            self._said.header.setdefault(where, []).append(self._part)
        self._part = None

    def _keep_file(self, where: str) -> None:
        part, self._part = self._part or {}, None
        if where == "Reference":
            self._said.references.append(part)
            return
        if len(self._said.attachments) >= self._limits.attachments:
            raise MessageUnreadable("more attachments than any message has")
        self._said.attachments.append((part, self._measured(part.get("AttachmentName", ""))))
        self.drop()

    def _measured(self, name: str) -> Measured | None:
        """Measure an attachment at its end: most write its name behind its content."""
        if self._content is None:
            return None
        try:
            return self._content.measured(name)
        except MessageUnreadable as wrong:
            raise self._in_attachment(wrong) from None

    def _in_attachment(self, wrong: MessageUnreadable) -> MessageUnreadable:
        return MessageUnreadable(f"attachment {len(self._said.attachments) + 1}: {wrong}")


def _once(kept: dict[str, Any], name: str, text: str, where: str) -> None:
    """Keep what is sent once; sent again and otherwise, nobody could say which holds."""
    if kept.setdefault(name, text) != text:
        raise MessageUnreadable(f"{_told(where)}: sent twice, and not alike")


def _told(where: str) -> str:
    """Return what an element may be called in a reason, which is kept and shown."""
    if where in AGREED:
        return where
    outer, _, inner = where.partition("_")
    is_known = bool(inner) and outer in OUTER
    return f"a part of {outer}" if is_known else "a field that is not agreed on"
