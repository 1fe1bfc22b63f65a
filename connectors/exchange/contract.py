"""What we take of an edXML message (QCVN 102:2016/BTTTT), and by which names it is sent.

The names are those public implementations of the standard write and read, not its text, which we
have not had in hand; the README says which are certain. Ways to reach a person (addresses, mail,
telephone, the clerk in charge) are sent with every message and not taken: nothing here needs them.
"""

from connectors.contract import Contract, Field, Pii
from connectors.exchange.kinds import listed, sent_day, sent_moment, whole_number
from connectors.kinds import text

MESSAGES = Contract(
    entity="exchange__messages",
    owner="operator of the document axis (trục liên thông văn bản)",
    key="message_id",
    cadence="daily, the messages changed on one day (Asia/Ho_Chi_Minh)",
    purpose="hold what was read on scans against what their issuers sent electronically",
    legal_basis="Decision 28/2018/QĐ-TTg (exchange of electronic documents); "
    "Decree 278/2025/NĐ-CP (mandatory data sharing); Law 91/2025/QH15 (personal data)",
    fields=(
        Field("message_id", "docId", text, Pii.NONE, is_required=True),
        Field("document_ref", "DocumentId", text, Pii.NONE),
        Field("action_code", "BussinessDocType", text, Pii.NONE),
        Field("from_code", "From_OrganId", text, Pii.NONE),
        Field("from_name", "From_OrganName", text, Pii.NONE),
        Field("to_agencies", "To", listed, Pii.NONE),
        Field("to_places", "ToPlaces_Place", listed, Pii.INDIRECT),
        Field("code_number", "Code_CodeNumber", text, Pii.NONE),
        Field("code_notation", "Code_CodeNotation", text, Pii.NONE),
        Field("issued_place", "PromulgationInfo_Place", text, Pii.NONE),
        Field("issued_date", "PromulgationInfo_PromulgationDate", sent_day, Pii.NONE),
        Field("type_code", "DocumentType_Type", text, Pii.NONE),
        Field("type_name", "DocumentType_TypeName", text, Pii.NONE),
        Field("subject", "Subject", text, Pii.INDIRECT),
        Field("content", "Content", text, Pii.INDIRECT),
        Field("signer_authority", "SignerInfo_Competence", text, Pii.NONE),
        Field("signer_position", "SignerInfo_Position", text, Pii.INDIRECT),
        Field("signer_name", "SignerInfo_FullName", text, Pii.DIRECT),
        Field("due_date", "DueDate", sent_day, Pii.NONE),
        Field("urgency_code", "OtherInfo_Priority", text, Pii.NONE),
        Field("circulation", "OtherInfo_SphereOfPromulgation", text, Pii.NONE),
        Field("typist_mark", "OtherInfo_TyperNotation", text, Pii.INDIRECT),
        Field("copy_count", "OtherInfo_PromulgationAmount", whole_number, Pii.NONE),
        Field("page_count", "OtherInfo_PageAmount", whole_number, Pii.NONE),
        Field("appendixes", "OtherInfo_Appendixes_Appendix", listed, Pii.INDIRECT),
        Field("steering_code", "SteeringType", text, Pii.NONE),
        Field("responds_to", "ResponseFor", listed, Pii.NONE),
        Field("axis_status", "status", text, Pii.NONE),
        Field("standard", "standard", text, Pii.NONE),
        Field("message_sha256", "sha256", text, Pii.NONE),
        Field("attachment_count", "attachments", whole_number, Pii.NONE),
        Field("sent_at", "TraceHeader_Timestamp", sent_moment, Pii.NONE),
        Field("received_at", "createdTime", sent_moment, Pii.NONE),
        Field("changed_at", "updatedTime", sent_moment, Pii.NONE, is_required=True),
    ),
)

#: Sent with messages and left in the kept answer: whom to call, and seals that we do not verify.
NOT_TAKEN = ("OrganAdd", "Email", "Telephone", "Fax", "Website", "StaffInfo", "Mobile",
             "Signature", "DigitalSignature", "OrganizationInCharge")  # fmt: skip
