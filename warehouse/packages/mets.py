"""METS after the E-ARK Common Specification for Information Packages (CSIP) 2.1.0."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from lxml import etree
from lxml.builder import ElementMaker

from warehouse.packages.tree import Item
from warehouse.packages.xml import XLINK, XSI, serialized, stamp

NAME = "METS.xml"
NAMESPACE, CSIP = "http://www.loc.gov/METS/", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-1-0.xml"
CONTENT = "Textual works – Digital"
CONTENT_TYPE = "kho dossier of digitised documents"
M = ElementMaker(
    namespace=NAMESPACE,
    nsmap={None: NAMESPACE, "csip": CSIP, "xlink": XLINK, "xsi": XSI},
)
TYPED = f"{{{CSIP}}}CONTENTINFORMATIONTYPE"
SIMPLE = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple"}


@dataclass(frozen=True, slots=True)
class Described:
    """What one METS tells of, by the divisions of the specification."""

    package_id: str
    version: str  # of kho
    at: datetime
    descriptive: Sequence[Item] = ()
    preservation: Sequence[Item] = ()
    other: Sequence[Item] = ()
    groups: Sequence[tuple[str, Sequence[Item]]] = field(default=())  # USE, its files
    representations: Sequence[tuple[str, Item]] = ()  # name, its METS


def record(told: Described) -> bytes:
    """Return METS.xml of a package or of a representation."""
    root = M.mets(_header(told), *_descriptions(told), *_provenance(told), _files(told), _map(told))
    root.set("OBJID", told.package_id)
    root.set("TYPE", CONTENT)
    root.set("PROFILE", PROFILE)
    _typed(root)
    return serialized(root)


def referenced(content: etree._Element) -> dict[str, tuple[str, int]]:
    """Return what a METS refers to: digest and size, by path as it stands there."""
    found = {}
    for one in content.iter(f"{{{NAMESPACE}}}mdRef", f"{{{NAMESPACE}}}file"):
        place = one if one.tag.endswith("mdRef") else one.find(f"{{{NAMESPACE}}}FLocat")
        path = "" if place is None else place.get(f"{{{XLINK}}}href", "")
        size = one.get("SIZE", "")
        found[path] = (one.get("CHECKSUM", ""), int(size) if size.isdecimal() else -1)
    return found


def _header(told: Described) -> etree._Element:
    note = M.note(told.version)
    note.set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")
    agent = M.agent(M.name("kho"), note, ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    header = M.metsHdr(agent, CREATEDATE=stamp(told.at), LASTMODDATE=stamp(told.at))
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "AIP")
    return header


def _descriptions(told: Described) -> list[etree._Element]:
    kinds: list[tuple[Item, str, str | None]]
    kinds = [(item, "EAD", None) for item in told.descriptive]
    kinds += [(item, "OTHER", "rows of the warehouse") for item in told.other]
    return [
        M.dmdSec(
            _metadata(item, kind, other, told.at),
            ID=_id("dmd", item.path),
            CREATED=stamp(told.at),
            STATUS="CURRENT",
        )
        for item, kind, other in kinds
    ]


def _provenance(told: Described) -> list[etree._Element]:
    if not told.preservation:
        return []
    return [
        M.amdSec(
            *(
                M.digiprovMD(
                    _metadata(item, "PREMIS", None, told.at),
                    ID=_id("digiprov", item.path),
                    CREATED=stamp(told.at),
                    STATUS="CURRENT",
                )
                for item in told.preservation
            )
        )
    ]


def _metadata(item: Item, kind: str, other: str | None, at: datetime) -> etree._Element:
    made = M.mdRef(MDTYPE=kind, **({"OTHERMDTYPE": other} if other else {}))
    for name, value in SIMPLE.items():
        made.set(name, value)
    made.set(f"{{{XLINK}}}href", item.path)
    return _facts(made, item, at)


def _files(told: Described) -> etree._Element:
    groups = [(use, items) for use, items in told.groups if items]
    groups += [(_use(name), [item]) for name, item in told.representations]
    return M.fileSec(
        *(_group(use, items, told.at) for use, items in groups), ID=_id("files", told.package_id)
    )


def _group(use: str, items: Iterable[Item], at: datetime) -> etree._Element:
    made = M.fileGrp(*(_file(use, item, at) for item in items), USE=use, ID=_id("group", use))
    _typed(made)
    return made


def _typed(made: etree._Element) -> None:
    """Say which specification the content follows: none of the registered ones."""
    made.set(TYPED, "OTHER")
    made.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT_TYPE)


def _file(use: str, item: Item, at: datetime) -> etree._Element:
    place = M.FLocat(LOCTYPE="URL")
    place.set(f"{{{XLINK}}}type", "simple")
    place.set(f"{{{XLINK}}}href", item.path)
    return _facts(M.file(place, ID=_id("file", use + item.path)), item, at)


def _facts(made: etree._Element, item: Item, at: datetime) -> etree._Element:
    said = {
        "MIMETYPE": item.media_type,
        "SIZE": str(item.size_bytes),
        "CREATED": stamp(at),
        "CHECKSUM": item.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }
    for name, value in said.items():
        made.set(name, value)
    return made


def _map(told: Described) -> etree._Element:
    top = M.div(LABEL=told.package_id, ID=_id("div", told.package_id))
    top.append(_metadata_division(told))
    for use, items in told.groups:
        if items:
            group = M.fptr(FILEID=_id("group", use))
            top.append(M.div(group, LABEL=use, ID=_id("div", use)))
    if told.representations:
        # The specification asks for this division only without METS of representations; its
        # validator asks for it always.
        groups = [M.fptr(FILEID=_id("group", _use(name))) for name, _ in told.representations]
        top.append(M.div(*groups, LABEL="Representations", ID=_id("div", "Representations")))
    for name, item in told.representations:
        pointer = M.mptr(LOCTYPE="URL")
        pointer.set(f"{{{XLINK}}}type", "simple")
        pointer.set(f"{{{XLINK}}}href", item.path)
        pointer.set(f"{{{XLINK}}}title", _id("group", _use(name)))
        top.append(M.div(pointer, LABEL=_use(name), ID=_id("div", _use(name))))
    return M.structMap(top, TYPE="PHYSICAL", LABEL="CSIP", ID=_id("map", told.package_id))


def _metadata_division(told: Described) -> etree._Element:
    made = M.div(LABEL="Metadata", ID=_id("div", "Metadata"))
    about = [_id("dmd", item.path) for item in (*told.descriptive, *told.other)]
    proof = [_id("digiprov", item.path) for item in told.preservation]
    if about:
        made.set("DMDID", " ".join(about))
    if proof:
        made.set("ADMID", " ".join(proof))
    return made


def _use(representation: str) -> str:
    return f"Representations/{representation}"


def _id(kind: str, of: str) -> str:
    """Return an identifier that is the same for the same thing."""
    return f"{kind}-{sha256(of.encode()).hexdigest()[:16]}"
