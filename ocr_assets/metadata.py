"""What an archive copy says of itself (XMP): only what is sure, and the same every time.

A value that a person still has to look at does not go in: the copy is sealed, a mistake in it could
not be taken back. Corrections live in the warehouse and in the descriptions of an export.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ocr_assets.extract.field import Field
from ocr_assets.profile import Declared

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
{properties}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
_LANGUAGE = "vi"
_DIGEST_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Metadata:
    """What goes into the copy of one document."""

    title: str
    publisher: str | None
    identifiers: tuple[str, ...]
    date: str | None = None


def metadata_of(
    sha256: str, fields: Mapping[str, Field], declared: Declared | None = None
) -> Metadata:
    """Return what may be said of the document received as ``sha256``.

    The title is type, number and abstract as far as they were accepted without review; without
    number and abstract it is the digest's beginning. The publisher is the issuer where accepted,
    else who holds the document by its declaration.
    """
    sure = {name: field.value for name, field in fields.items() if field.accepted}
    holder = (declared.agency_name or declared.agency_code) if declared else None
    return Metadata(
        title=_title(sure) or f"sha256:{sha256[:_DIGEST_SHOWN]}",
        publisher=_plain(sure.get("issuer") or holder or "") or None,
        identifiers=(f"sha256:{sha256}", *_codes(declared)),
        date=sure.get("date"),
    )


def _title(sure: Mapping[str, str]) -> str:
    number, abstract = sure.get("number", ""), sure.get("abstract", "")
    if not number and not abstract:
        return ""
    return _plain(" ".join(part for part in (sure.get("type", ""), number, abstract) if part))


def _codes(declared: Declared | None) -> tuple[str, ...]:
    if declared is None:
        return ()
    told = (("agency", declared.agency_code), ("dossier", declared.dossier_code))
    return tuple(f"{kind}:{_plain(code)}" for kind, code in told if code)


def as_xmp(metadata: Metadata) -> bytes:
    """Return the packet; equal metadata give equal bytes."""
    properties = [
        _property("dc:title", "Alt", (metadata.title,), ' xml:lang="x-default"'),
        f"   <dc:identifier>{escape(metadata.identifiers[0])}</dc:identifier>",
        _property("dc:language", "Bag", (_LANGUAGE,)),
        _property("xmp:Identifier", "Bag", metadata.identifiers),
    ]
    if metadata.publisher:
        properties.append(_property("dc:publisher", "Bag", (metadata.publisher,)))
    if metadata.date:
        properties.append(_property("dc:date", "Seq", (metadata.date,)))
    return _PACKET.format(properties="\n".join(properties)).encode()


def _property(name: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
    items = "".join(f"<rdf:li{attribute}>{escape(value)}</rdf:li>" for value in values)
    return f"   <{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def _plain(text: str) -> str:
    """Return composed text in one line, without what XML cannot hold."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(letter if _fits(letter) else " " for letter in composed)
    return " ".join(kept.split())


def _fits(letter: str) -> bool:
    return letter.isprintable() and letter not in "\ufffe\uffff" and letter < "\U000e0000"
