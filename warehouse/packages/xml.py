"""XML as packages have it: written the same way each time, read without leaving the file."""

from datetime import UTC, datetime

from lxml import etree

from warehouse.errors import PackageRefused

XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MOST_BYTES = 1 << 28


def serialized(root: etree._Element) -> bytes:
    """Return a document as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def parsed(content: bytes, path: str) -> etree._Element:
    """Return the root of a document that somebody sent.

    No entity is resolved and nothing is fetched.

    Raises:
        PackageRefused: it is no XML, or more of it than any package has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        if len(content) > MOST_BYTES:
            raise PackageRefused(f"{path} is larger than any description of a dossier.")
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise PackageRefused(f"{path} is no well-formed XML.") from None


def stamp(at: datetime) -> str:
    """Return a moment as packages write it."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat()
