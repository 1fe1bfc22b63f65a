"""A message of the sample axis as edXML, in the form public implementations write."""

import base64
import io
import zipfile
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from demo.axis.messages import Sent
from demo.axis.plan import Fault

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK = "http://www.w3.org/1999/xlink"
E = ElementMaker(namespace=URI, nsmap={"edXML": URI})
ENTITIES = '<!DOCTYPE edXML [<!ENTITY a "THỬ"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE edXML [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@dataclass(frozen=True, slots=True)
class File:
    """What a message brings."""

    name: str
    media_type: str
    data: bytes


def written(sent: Sent, file: File) -> bytes:
    """Return the XML of a message, spoilt as its fault says."""
    envelope = E.edXMLEnvelope(
        E.edXMLHeader(_header(sent), _traces(sent), E.DigitalSignature()), _body(file)
    )
    root = E.edXML(envelope, _encoded(sent, file))
    said = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    match sent.fault:
        case Fault.CUT_OFF:
            return said[: len(said) // 2]
        case Fault.NOT_BASE64:
            return said.replace(b"ContentTransferEncoded>", b"ContentTransferEncoded>*", 1)
        case Fault.ENTITIES | Fault.OUTSIDE:
            declared = ENTITIES if sent.fault is Fault.ENTITIES else OUTSIDE
            head, _, rest = said.decode().partition("?>")
            return f"{head}?>{declared}{rest}".replace(sent.subject, "&a;", 1).encode()
        case Fault.NONE:
            return said


def _header(sent: Sent) -> etree._Element:
    day = sent.issued.strftime("%Y/%m/%d")
    return E.MessageHeader(
        E.From(E.OrganId(sent.from_code), E.OrganName(sent.from_name), E.Email("thu@example.vn")),
        E.To(E.OrganId(sent.to_code)),
        E.Code(E.CodeNumber(sent.number), E.CodeNotation(sent.notation)),
        E.PromulgationInfo(E.Place(sent.place), E.PromulgationDate(day)),
        E.DocumentType(E.Type("18"), E.TypeName(sent.type_name), E.TypeDetail("0")),
        E.Subject(sent.subject),
        E.Content(sent.subject),
        E.SignerInfo(E.Competence(""), E.Position(sent.position), E.FullName(sent.signer)),
        E.ToPlaces(E.Place("Như trên"), E.Place("Lưu: VT")),
        E.OtherInfo(E.Priority("0"), E.PageAmount(sent.pages)),
        E.SteeringType("0"),
        E.DocumentId(f"{sent.from_code},{day},{sent.number}/{sent.notation}"),
    )


def _traces(sent: Sent) -> etree._Element:
    at = sent.changed_at.strftime("%Y/%m/%d %H:%M:%S")
    return E.TraceHeaderList(
        E.TraceHeader(E.OrganId(sent.from_code), E.Timestamp(at)),
        E.Bussiness(
            E.BussinessDocType(sent.action),
            E.StaffInfo(E.Staff("Trần Thử"), E.Mobile("0000000000")),
            E.Paper("0"),
        ),
    )


def _body(file: File) -> etree._Element:
    reference = E.Reference(
        {f"{{{XLINK}}}href": "cid:vb-1"},
        E.AttachmentName(file.name),
        E.ContentType(file.media_type),
        E.ContentId("cid:vb-1"),
    )
    return E.edXMLBody(E.edXMLManifest(reference))


def _encoded(sent: Sent, file: File) -> etree._Element:
    data = _packed(file) if sent.is_packed else file.data
    return E.AttachmentEncoded(
        E.Attachment(
            E.ContentType(file.media_type),
            E.ContentId("vb-1"),
            E.ContentTransferEncoded(base64.b64encode(data).decode()),
            E.AttachmentName(file.name),
        )
    )


def _packed(file: File) -> bytes:
    """Return the file alone in a ZIP, as some senders' systems do."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(file.name), file.data)
    return packed.getvalue()
