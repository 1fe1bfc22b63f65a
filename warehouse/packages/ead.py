"""The dossier described as EAD 3, with the element names of Circular 05/2025 where it has them.

Codes stay text with their leading zeros. What nobody knows (a title, a term of retention) is left
out: an empty element would claim that there is none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from warehouse.packages.dossier import Document, Dossier
from warehouse.packages.xml import serialized, stamp

PATH = "metadata/descriptive/EAD.xml"
NAMESPACE = "http://ead3.archivists.org/schema/"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
DIGITISED = "02"  # confidenceLevel: the kind of original, never a score

#: Elements of the circular, and Decree 30/2020's signer, by the mart's column.
DOCUMENT_ELEMENTS = {
    "typeName": "type_code",
    "codeNumber": "code_number",
    "codeNotation": "code_notation",
    "issuedDate": "issued_date_text",
    "organName": "issuer_name",
    "subject": "abstract",
    "numberOfPage": "page_count",
    "signer": "signer_name",
}


def description(dossier: Dossier, package_id: str, at: datetime) -> bytes:
    """Return EAD.xml."""
    pages = sum(one.facts["page_count"] or 0 for one in dossier.documents)
    elements = {
        "arcFileCode": dossier.dossier_code,
        "totalDoc": len(dossier.documents),
        "numberOfPage": pages,
        "confidenceLevel": DIGITISED,
    }
    archdesc = E.archdesc(
        E.did(
            E.unitid(dossier.dossier_code),
            E.unittitle(dossier.dossier_code),
            E.origination(E.corpname(E.part(dossier.agency_code))),
            E.physdesc(f"{len(dossier.documents)} documents, {pages} pages"),
        ),
        *_odds(elements),
        E.dsc(*(_document(dossier, one) for one in dossier.documents)),
        level="file",
    )
    return serialized(E.ead(_control(dossier, package_id, at), archdesc))


def document_ids(content: etree._Element) -> dict[str, int]:
    """Return the documents an EAD describes, each with its number of pages."""
    found = {}
    for one in content.iterfind(f".//{{{NAMESPACE}}}c"):
        digest = one.findtext(f"{{{NAMESPACE}}}did/{{{NAMESPACE}}}unitid")
        pages = one.findtext(f"{{{NAMESPACE}}}odd[@localtype='numberOfPage']/{{{NAMESPACE}}}p")
        found[str(digest)] = int(pages or 0)
    return found


def _control(dossier: Dossier, package_id: str, at: datetime) -> etree._Element:
    made = E.maintenanceevent(
        E.eventtype(value="created"),
        E.eventdatetime(stamp(at), standarddatetime=stamp(at)),
        E.agenttype(value="machine"),
        E.agent("kho"),
    )
    return E.control(
        E.recordid(package_id),
        E.filedesc(E.titlestmt(E.titleproper(dossier.dossier_code))),
        E.maintenancestatus(value="new"),
        E.maintenanceagency(E.agencyname(dossier.agency_code)),
        E.maintenancehistory(made),
    )


def _document(dossier: Dossier, document: Document) -> etree._Element:
    facts = document.facts
    elements = {name: facts[column] for name, column in DOCUMENT_ELEMENTS.items()}
    ordinal = {"docOrdinal": document.ordinal, "arcFileCode": dossier.dossier_code}
    codes = {"arcDocCode": f"{dossier.dossier_code}.{document.name}", "confidenceLevel": DIGITISED}
    return E.c(
        E.did(
            E.unitid(document.received_sha256, localtype="sha256"),
            E.unittitle(_title(facts)),
        ),
        *_odds({**ordinal, **codes, **elements}),
        level="item",
    )


def _title(facts: Mapping[str, Any]) -> str:
    parts = (facts["type_name"], facts["document_number"])
    return " ".join(part for part in parts if part) or str(facts["file_name"])


def _odds(elements: Mapping[str, Any]) -> list[etree._Element]:
    return [
        E.odd(E.p(str(value)), localtype=name)
        for name, value in elements.items()
        if value is not None
    ]
