"""What evidence keeps of a message: all it says of a document, and nothing of the files it brings.

A file that comes over the axis has passed no secrecy gate. So what is kept is what is known to be
no file: the header and the names of files. Of everything else digest and length stay, and nothing
at all of what cannot be read as a message; the ledger has the digest of the whole answer.
"""

import hashlib
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from connectors.exchange.content import Content
from connectors.exchange.edxml import parse
from connectors.exchange.limits import Limits, MessageUnreadable

HEADERS = frozenset(("MessageHeader", "TraceHeaderList", "edXMLManifest", "Manifest"))
FILES = frozenset(("Attachment", "AttachmentEncoded", "ContentTransferEncoded"))
#: What an attachment says of its file; whatever else is in it may be the file.
SAID_OF_A_FILE = frozenset(("AttachmentName", "ContentId", "ContentType", "Description"))
NAME_CHARACTERS = 1_000
LONGEST_NAME = 300  # of an element, with its namespace: no place for a file either


def without_files(sent: bytes) -> bytes:
    """Return a message without the bytes of its files: of each, digest and length."""
    limits = Limits()
    if len(sent) > limits.message_bytes:
        return _nothing(f"larger than {limits.message_bytes} bytes")
    try:
        copy: str = parse(sent, _Copy(limits))
    except MessageUnreadable as wrong:
        return _nothing(str(wrong))
    return copy.encode()


def _nothing(reason: str) -> bytes:
    return f"<withheld reason={quoteattr(reason)}/>".encode()


@dataclass(slots=True)
class _Element:
    """An open element: how much of its text may be kept, and what was not."""

    name: str
    namespace: str
    room: int  # characters
    waiting: list[str] = field(default_factory=list)  # text since the last tag
    withheld: "_Withheld | None" = None


class _Copy:
    """Takes an XML parser's events and writes them again, as far as they may be kept.

    Attributes, comments and instructions of a processor say nothing in edXML and are left out.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin before the first element."""
        self._limits = limits
        self._written = ['<?xml version="1.0" encoding="utf-8"?>\n']
        self._open: list[_Element] = []
        self._elements = 0

    def doctype(self, *_named: object) -> None:
        """Refuse a document type before anything in it is looked at."""
        raise MessageUnreadable("declares a document type, which edXML does not have")

    def start(self, tag: str, _attributes: object) -> None:
        """Begin an element."""
        self._elements += 1
        if self._elements > self._limits.elements or len(self._open) >= self._limits.depth:
            raise MessageUnreadable("more or deeper elements than any message has")
        if len(tag) > LONGEST_NAME:
            raise MessageUnreadable("an element with a longer name than any has")
        self._flush()
        namespace, _, name = tag.rpartition("}")
        namespace = namespace.removeprefix("{")
        above = self._open[-1].namespace if self._open else ""
        declared = f" xmlns={quoteattr(namespace)}" if namespace != above else ""
        self._written.append(f"<{name}{declared}>")
        self._open.append(_Element(name, namespace, 0))
        self._open[-1].room = self._room()

    def data(self, text: str) -> None:
        """Take text: to be kept until the next tag, or to be measured as it comes."""
        element = self._open[-1]
        if element.withheld is not None:
            element.withheld.take(text)
            return
        element.waiting.append(text)
        if sum(map(len, element.waiting)) > element.room:
            whole = "".join(element.waiting)
            element.waiting.clear()
            if whole.strip():
                element.withheld = _Withheld(self._limits)
                element.withheld.take(whole)

    def end(self, _tag: str) -> None:
        """End an element: write its text, or what there is to say of it."""
        self._flush()
        element = self._open.pop()
        if element.withheld is not None:
            self._written.append(element.withheld.told())
        self._written.append(f"</{element.name}>")

    def close(self) -> str:
        """Return the copy."""
        return "".join(self._written)

    def _flush(self) -> None:
        if self._open:
            element = self._open[-1]
            text = "".join(element.waiting)
            element.room -= len(text.strip())
            element.waiting.clear()
            self._written.append(escape(text))

    def _room(self) -> int:
        """Return how much text the innermost element may say."""
        names = {element.name for element in self._open}
        if names & FILES:
            return NAME_CHARACTERS if self._open[-1].name in SAID_OF_A_FILE else 0
        return self._limits.field_characters if names & HEADERS else 0


class _Withheld:
    """Text that is not kept: measured as the file it is, or as text if it is none."""

    def __init__(self, limits: Limits) -> None:
        self._file: Content | None = Content(limits)
        self._limits = limits
        self._digest, self._size = hashlib.sha256(), 0

    def take(self, text: str) -> None:
        """Take the next piece."""
        encoded = text.encode("utf-8", "surrogatepass")
        self._digest.update(encoded)
        self._size += len(encoded)
        if self._file is not None:
            try:
                self._file.feed(text)
            except MessageUnreadable:
                self._file.close()
                self._file = None

    def told(self) -> str:
        """Return digest and length, of the decoded file where it could be decoded."""
        about = ("text", self._digest.hexdigest(), self._size)
        if self._file is not None:
            try:
                file = self._file.measured(".zip")  # as it was sent, packed or not
                about = ("file", file.sha256, file.size_bytes)
            except MessageUnreadable:
                pass
            self._file.close()
        return '<withheld of="{}" sha256="{}" size_bytes="{}"/>'.format(*about)
