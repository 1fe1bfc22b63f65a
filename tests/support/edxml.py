"""Invented edXML messages, written the way public implementations write them."""

import base64
from xml.sax.saxutils import escape

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4 invented"


def element(name, inner, prefix="edXML:"):
    return f"<{prefix}{name}>{inner}</{prefix}{name}>"


def party(name, code, organ):
    return element(name, element("OrganId", code) + element("OrganName", escape(organ)))


def header(**said):
    told = {
        "From": party("From", "000.00.18.H26", "Ủy ban nhân dân huyện Mẫu"),
        "To": party("To", "H26.31", "Xã Một") + party("To", "H26.32", "Xã Hai"),
        "Code": element("Code", element("CodeNumber", "051") + element("CodeNotation", "QĐ-UBND")),
        "PromulgationInfo": element(
            "PromulgationInfo",
            element("Place", "Mẫu") + element("PromulgationDate", "2025/04/19"),
        ),
        "DocumentType": element(
            "DocumentType", element("Type", "2") + element("TypeName", "Quyết định")
        ),
        "Subject": element("Subject", "Về việc THỬ"),
        "SignerInfo": element(
            "SignerInfo",
            element("Competence", "KT. CHỦ TỊCH")
            + element("Position", "Phó Chủ tịch")
            + element("FullName", "NGUYỄN THỬ"),
        ),
        "DueDate": element("DueDate", "2025/05/01"),
        "ToPlaces": element("ToPlaces", element("Place", "Như trên") + element("Place", "Lưu: VT")),
        "OtherInfo": element(
            "OtherInfo",
            element("Priority", "1")
            + element("PageAmount", "3")
            + element("Appendixes", element("Appendix", "Phụ lục I")),
        ),
        "ResponseFor": element(
            "ResponseFor", element("OrganId", "H26") + element("Code", "7/KH-UBND")
        ),
        "DocumentId": element("DocumentId", "H26.18,2025/04/19,051/QĐ-UBND"),
    }
    return element("MessageHeader", "".join((told | said).values()))


TRACES = element(
    "TraceHeaderList",
    element(
        "TraceHeader",
        element("OrganId", "H26.18") + element("Timestamp", "2025/04/19 10:20:30"),
    )
    + element(
        "TraceHeader", element("OrganId", "AXIS") + element("Timestamp", "2025/04/19 10:21:00")
    )
    + element(
        "Bussiness",
        element("BussinessDocType", "0")
        + element("StaffInfo", element("Staff", "TRẦN THỬ") + element("Mobile", "0000000000")),
    ),
)


def attachment(data=PDF, name="vb.pdf", content_id="c1", encoded=None):
    encoded = base64.b64encode(data).decode() if encoded is None else encoded
    parts = {
        "ContentType": "application/pdf",
        "ContentId": content_id,
        "ContentTransferEncoded": encoded,
        "AttachmentName": name,
    }
    return "<Attachment>" + "".join(f"<{k}>{v}</{k}>" for k, v in parts.items()) + "</Attachment>"


def manifest(*content_ids):
    references = "".join(
        element(
            "Reference",
            element("AttachmentName", "vb.pdf") + element("ContentId", f"cid:{content_id}"),
        )
        for content_id in content_ids
    )
    return element("edXMLBody", element("edXMLManifest", references))


def message(said=None, *, body=None, attachments=None, before="", uri=URI):
    said = header() + TRACES if said is None else said
    body = manifest("c1") if body is None else body
    encoded = attachment() if attachments is None else attachments
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<edXML xmlns="{uri}">'
        f'<edXML:edXMLEnvelope xmlns:edXML="{uri}">'
        f"{element('edXMLHeader', said)}{body}</edXML:edXMLEnvelope>"
        f"<AttachmentEncoded>{encoded}</AttachmentEncoded></edXML>"
    ).encode()
