"""A small city in raw rows: two agencies with papers, a merger, a split, one batch, one pull."""

from datetime import UTC, date, datetime

A, B, OLD, SPLIT, HEIR = "H26.01", "H26.02", "H26.09", "H26.08", "H26.03"
RECEIVED = datetime(2026, 1, 5, tzinfo=UTC)
LAST_DAY = date(2025, 6, 30)
BATCH = "box-1-00000000"


def sha(mark):
    return (mark * 64)[:64]


def agency(code, name, commune, **more):
    return {
        "agency_code": code,
        "agency_name": f"Ủy ban nhân dân {name}",
        "bloc": "government",
        "level": "commune",
        "commune_code": commune,
        "valid_from": date(1997, 1, 1),
        **more,
    }


AGENCIES = [
    agency(A, "xã Một", "00001"),
    agency(B, "xã Hai", "00002"),
    agency(HEIR, "phường Ba", "00003"),
    agency(OLD, "xã Chín", "00009", valid_to=LAST_DAY, successor_code=HEIR),
    agency(SPLIT, "xã Tám", "00008", valid_to=LAST_DAY),
]


def file(ordinal, digest, agency_code=A, **more):
    return {
        "file_ordinal": ordinal,
        "file_name": f"{ordinal:04}.pdf",
        "file_sha256": digest,
        "size_bytes": 1000,
        "media_type": "application/pdf",
        "agency_code": agency_code,
        "bloc": "government",
        "box_code": "H1",
        "dossier_code": "D1",
        "declared_pages": 1,
        "secrecy": "thuong",
        "received_state": "received",
        "received_at": RECEIVED,
        **more,
    }


FILES = [
    file(1, sha("1")),
    file(2, sha("2"), B),
    file(3, sha("3"), B, secrecy="mat"),
    file(4, None, received_state="missing"),
    file(5, sha("5"), None, bloc=None, box_code=None, dossier_code=None, secrecy=None)
    | {"received_state": "undeclared"},
    file(6, sha("6")),
    file(7, sha("2"), A),
]


def document(ordinal, digest, outcome="ok", reason=None, **more):
    return {
        "file_ordinal": ordinal,
        "file_sha256": digest,
        "outcome": outcome,
        "reason_code": reason,
        "digitized_at": RECEIVED,
        **more,
    }


def usable(ordinal, digest, outcome="ok", reason=None):
    return document(
        ordinal,
        digest,
        outcome,
        reason,
        page_count=1,
        word_count=5,
        text_confidence=0.912345678,
        archive_sha256=sha("a"),
        archive_size_bytes=900,
        pdfa_pikepdf="passed",
        pdfa_verapdf="passed",
        is_text_equal=True,
        are_images_unchanged=True,
        signature_count=0,
        seconds=0.5,
    )


DOCUMENTS = [
    usable(1, sha("1")),
    usable(2, sha("2"), "degraded", "low_confidence"),
    document(3, sha("3"), "quarantined", "state_secret"),
    document(4, None, "failed", "file_missing"),
    document(5, sha("5"), "failed", "not_in_manifest"),
    document(6, sha("6"), "quarantined", "not_archival", page_count=1),
    usable(7, sha("2"), "degraded", "low_confidence"),
]


def page(ordinal, digest, text):
    return {
        "file_ordinal": ordinal,
        "file_sha256": digest,
        "page_number": 1,
        "outcome": "ok",
        "width_px": 2480,
        "height_px": 3508,
        "dpi": 300,
        "rotation_degrees": 0,
        "word_count": 5,
        "text_confidence": 0.9,
        "image_sha256": sha("f"),
        "page_text": text,
        "text_layer_type": "signature_stamp",
        "rotation_confidence": 0.98765,
        "skew_degrees": 0.4,
        "is_blank": False,
        "is_damaged": False,
        "sharpness": 0.612,
        "contrast": 0.871,
        "cut_edges": "left top",
        "dark_edges": "none",
    }


PAGES = [
    page(1, sha("1"), "of A"),
    page(2, sha("2"), "of B"),
    page(6, sha("6"), "not to be used"),
    page(7, sha("2"), "of A too"),
]


READINGS = [
    {
        "file_ordinal": row["file_ordinal"],
        "file_sha256": row["file_sha256"],
        "page_number": 1,
        "word_count": 5,
        "doubtful_count": 2,
        "asked_count": 1,
        "changed_count": 0,
        "text_confidence": 0.9,
        "is_disputed": False,
    }
    for row in PAGES
]


def field(ordinal, digest, name, value, *, is_accepted=True):
    return {
        "file_ordinal": ordinal,
        "file_sha256": digest,
        "field_name": name,
        "value": value,
        "text_as_read": value,
        "page_number": 1,
        "box_left": 0.1,
        "box_top": 0.1,
        "box_right": 0.2,
        "box_bottom": 0.2,
        "method": "test",
        "method_version": "1",
        "confidence": 0.9 if is_accepted else 0.4,
        "is_accepted": is_accepted,
        "reading_confidence": 1.0 if is_accepted else 0.5,
        "extraction_confidence": 0.9 if is_accepted else 0.8,
        "first_reader_text": f"{value}.",
        "second_reader_text": None if is_accepted else f"… {value}",
    }


FIELDS = [
    field(1, sha("1"), "number", "051/QĐ-UBND"),
    field(1, sha("1"), "date", "2025-04-19"),
    field(1, sha("1"), "issuer", "ỦY BAN NHÂN DÂN XÃ MỘT"),
    field(1, sha("1"), "type", "Quyết định"),
    field(1, sha("1"), "signer", "TEST PERSON", is_accepted=False),
    field(1, sha("1"), "superior", "UBND HUYỆN MẪU"),
    field(1, sha("1"), "place", "Mẫu"),
    field(1, sha("1"), "signer_authority", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
    field(1, sha("1"), "signer_title", "PHÓ CHỦ TỊCH"),
    field(1, sha("1"), "urgency", "Khẩn"),
    field(1, sha("1"), "secrecy", "unclassified", is_accepted=False),
    field(1, sha("1"), "language", "01"),
    field(1, sha("1"), "addressee_1", "Sở Mẫu"),
    field(1, sha("1"), "recipient_1", "Như trên"),
    field(1, sha("1"), "recipient_2", "Sở Khác", is_accepted=False),
    field(1, sha("1"), "recipient_3", "Lưu: VT"),
    field(1, sha("1"), "attachment_1", "PHỤ LỤC I") | {"page_number": 2},
    field(1, sha("1"), "attachment_2", "PHỤ LỤC II") | {"page_number": 4},
    field(7, sha("2"), "signer", "TEST PERSON; OTHER TEST"),
    field(7, sha("2"), "signer_title", "GIÁM ĐỐC; BÍ THƯ"),
    field(7, sha("2"), "signer_1", "TEST PERSON"),
    field(7, sha("2"), "signer_2", "OTHER TEST"),
    field(7, sha("2"), "signer_title_1", "GIÁM ĐỐC"),
    field(7, sha("2"), "signer_title_2", "BÍ THƯ"),
    field(7, sha("2"), "signer_authority_2", "TM. BAN THƯỜNG VỤ"),
    field(6, sha("6"), "recipient_1", "of a document that must not be used"),
]


def signature(ordinal, digest, number=1, **more):
    return {
        "file_ordinal": ordinal,
        "file_sha256": digest,
        "signature_ordinal": number,
        "field_name": f"Signature{number}",
        "kind": "signature",
        "subfilter": "ETSI.CAdES.detached",
        "integrity": "intact",
        "coverage": "whole_file",
        "later_changes": "none",
        "are_later_changes_allowed": True,
        "is_valid": True,
        "certificate_trust": "not_examined",
        "signer_name": "TEST PERSON",
        "digest_algorithm": "sha256",
        "page_number": 1,
        **more,
    }


SIGNATURES = [
    signature(1, sha("1"), digest_algorithm="sha1"),
    signature(1, sha("1"), 2, integrity="broken", is_valid=False),
    signature(6, sha("6")),
]


def enterprise(tax_code, commune, **more):
    return {
        "tax_code": tax_code,
        "enterprise_name": "TEST ENTERPRISE",
        "commune_code": commune,
        "representative_name": "TEST PERSON",
        "changed_at": RECEIVED,
        "is_deleted": False,
        **more,
    }


ENTERPRISES = [
    enterprise("0100109106", "00001"),
    enterprise("0100109106-001", "00002"),
    enterprise("0100109106-002", "00009"),
    enterprise("0100109106-003", "00008"),
    enterprise("0100109106-004", "00001", is_deleted=True),
]


def pair(first, second, verdict="same_paper", **more):
    return {
        "first_document_id": first,
        "second_document_id": second,
        "verdict": verdict,
        "rule_version": "1",
        "page_pairs": [{"first": 1, "second": 1, "distance": 0.05}],
        "pages_alike": 1,
        "pages_compared": 1,
        "same_image_pages": 0,
        "text_similarity": 0.9,
        "issuer_agreement": "equal",
        "number_agreement": "equal",
        "symbol_agreement": "equal",
        "date_agreement": "unknown",
        **more,
    }


PAIRS = [
    pair(sha("1"), sha("2")),
    pair(sha("1"), sha("3")),
    pair(sha("1"), sha("6"), "same_form"),
]


def proposal(digest, kind, value, ordinal=1, **more):
    return {
        "document_id": digest,
        "suggestion_type": kind,
        "suggestion_ordinal": ordinal,
        "suggested_value": value,
        "score": 0.8,
        "rule_code": "test",
        "page_number": 1,
        "boxes": [[0.1, 0.1, 0.2, 0.2]],
        "occurrence_count": 1,
        "method_version": "1",
        **more,
    }


PROPOSALS = [
    proposal(sha("1"), "retention", "personnel", maintenance_code="01"),
    proposal(sha("1"), "retention", "finance", 2),
    proposal(sha("1"), "keyword", "kế hoạch thử"),
    proposal(sha("1"), "summary", "Một câu của văn bản."),
    proposal(sha("1"), "personal_data", "id_number", occurrence_count=2),
    proposal(sha("1"), "personal_data", "id_number", 2, page_number=2),
    proposal(sha("2"), "retention", "finance"),
    proposal(sha("2"), "personal_data", "id_card"),
    proposal(sha("3"), "keyword", "một bí mật"),
    proposal(sha("6"), "keyword", "không lưu được"),
]
NEIGHBOURS = [
    {
        "document_id": sha("2"),
        "group_code": "personnel",
        "maintenance_code": "02",
        "retention_years": 70,
        "score": 0.9,
        "neighbour_ids": [sha("7"), sha("8"), sha("9")],
        "method_version": "1",
    }
]
# Found withdrawn before it was read: it came again.
COMPARED = [
    {
        "entity_key": "0100109106",
        "observation": "withdrawn",
        "observed_at": datetime(2025, 1, 1, tzinfo=UTC),
    }
]

PARCELS = [
    {
        "parcel_id": "P000000001",
        "commune_code": "00001",
        "map_sheet": "012",
        "parcel_number": "7",
        "area_m2": 120.5,
        "holder_person_id": "000000000001",
        "changed_at": RECEIVED,
    },
    {
        "parcel_id": "P000000002",
        "commune_code": "00002",
        "map_sheet": "012",
        "parcel_number": "8",
        "area_m2": 80,
        "holder_person_id": "000000000002",
        "holder_name": "TEST PERSON",
        "changed_at": RECEIVED,
    },
]

OFFICIALS = [
    {
        "official_id": "CB0000001",
        "person_id": "000600000001",
        "full_name": "TEST PERSON",
        "birth_date": date(1980, 1, 1),
        "agency_code": A,
        "category": "civil_servant",
        "appointed_date": date(2010, 1, 1),
        "changed_at": RECEIVED,
    },
    # Its agency by the old form of the code, and an old number.
    {
        "official_id": "CB0000002",
        "person_id": "600000002",
        "full_name": "OTHER TEST",
        "agency_code": "000.02.H26",
        "category": "cadre",
        "changed_at": RECEIVED,
    },
]


def verification(entity, entity_key, result, **more):
    return {
        "entity": entity,
        "entity_key": entity_key,
        "claim_token": sha("c"),
        "claimed_at": RECEIVED,
        "person_token": sha("e"),
        "key_id": "1",
        "result": result,
        "has_successor": False,
        "verified_at": RECEIVED,
        "request_id": "00000000-0000-0000-0000-000000000001",
        **more,
    }


VERIFICATIONS = [
    verification("land__parcels", "P000000002", "differs", differing="full_name"),
    verification("civil_servants__officials", "CB0000001", "matched"),
]
NAME_FREQUENCIES = [{"part": "family", "name": "Thử", "people_count": 50}]


def message(message_id, **more):
    """Say what document 1 says, sent by its issuer under the old form of its code."""
    said = {
        "message_id": message_id,
        "from_code": "000.00.01.H26",
        "from_name": "Ủy ban nhân dân xã Một",
        "to_agencies": [{"OrganId": B}],
        "code_number": "051",
        "code_notation": "QĐ-UBND",
        "issued_date": date(2025, 4, 19),
        "type_name": "Quyết định",
        "subject": "Về việc mẫu",
        "signer_name": "Test  Person",
        "page_count": 1,
        "standard": "QCVN 102:2016",
        "attachment_count": 1,
        "sent_at": RECEIVED,
        "changed_at": RECEIVED,
    }
    return said | more


def attachment(message_id, digest):
    return {
        "message_id": message_id,
        "attachment_ordinal": 1,
        "attachment_name": "vb.pdf",
        "file_sha256": digest,
        "sent_sha256": digest,
        "is_packed": False,
        "size_bytes": 100,
    }


# By its key, by its bytes (delivered by both agencies), nowhere, and a secret's bytes.
MESSAGES = [
    message("m-1"),
    message("m-2", code_number="7/TB-UBND", code_notation="TB-UBND"),
    message("m-3", from_code=B, from_name="Ủy ban nhân dân xã Hai", code_number="99"),
    message("m-4", subject="of a secret"),
]
ATTACHMENTS = [
    attachment("m-1", sha("8")),
    attachment("m-2", sha("2")),
    attachment("m-4", sha("3")),
]

# One commune moved whole, one was divided; its people went one way.
COMMUNES = [
    {"commune_code": "00009", "commune_name": "Xã Chín", "valid_to": LAST_DAY}
    | {"district_code": "001", "district_name": "Huyện Một"},
    {"commune_code": "00008", "commune_name": "Xã Tám", "valid_to": LAST_DAY}
    | {"district_code": "001", "district_name": "Huyện Một"},
    {"commune_code": "00003", "commune_name": "Phường Ba", "valid_from": date(2025, 7, 1)},
    {"commune_code": "00008", "commune_name": "Xã Mới", "valid_from": date(2025, 7, 1)},
]
TRANSFERS = [
    {"old_commune_code": "00009", "new_commune_code": "00003"}
    | {"land_share": "all", "people_share": "all"},
    {"old_commune_code": "00008", "new_commune_code": "00003"}
    | {"land_share": "part", "people_share": "none"},
    {"old_commune_code": "00008", "new_commune_code": "00008"}
    | {"land_share": "part", "people_share": "all"},
    {"old_commune_code": "00007", "new_commune_code": "00003"}
    | {"land_share": "part", "people_share": "unknown"},
    {"old_commune_code": "00007", "new_commune_code": "00008"}
    | {"land_share": "part", "people_share": "unknown"},
]

# Of agency A one document is listed that was scanned, and one that was not.
LISTED_DOSSIERS = [
    {"agency_code": A, "sheet_number": 1, "row_number": 2, "dossier_code": "D1"}
    | {"title": "Hồ sơ THỬ", "maintenance_code": "Vĩnh viễn", "start_date_text": "2025"}
]
LISTED_DOCUMENTS = [
    {"agency_code": A, "sheet_number": 1, "row_number": 2, "dossier_code": "D1"}
    | {"document_number": "51/QĐ-UBND", "issued_date_text": "2025-04", "page_count": 2}
    | {"doubts": ["document_number: zeros_may_be_lost", "issued_date: date_to_the_month"]},
    {"agency_code": A, "sheet_number": 1, "row_number": 3, "dossier_code": "D9"}
    | {"document_number": "052/QĐ-UBND", "issued_date_text": "2025-04-20", "subject": "THỬ"},
]
DROPPED = [
    {"register_id": BATCH, "agency_code": A, "file_name": "a.csv", "file_sha256": sha("e")}
    | {"size_bytes": 100, "modified_at": RECEIVED, "state": "landed", "mapping_version": "1"},
    {"register_id": "-:1", "file_name": "b.xls", "file_sha256": sha("b"), "size_bytes": 9}
    | {"modified_at": RECEIVED, "state": "refused", "reason_code": "html_inside"},
]


RAW_ROWS = {
    "catalog__agencies": AGENCIES,
    "digitization__files": FILES,
    "digitization__documents": DOCUMENTS,
    "digitization__pages": PAGES,
    "digitization__fields": FIELDS,
    "digitization__parts": [],  # no stack among them
    "digitization__readings": READINGS,
    "digitization__signatures": SIGNATURES,
    "business__enterprises": ENTERPRISES,
    "business__enterprises_compared": COMPARED,
    "land__parcels": PARCELS,
    "land__parcels_compared": COMPARED,
    "civil_servants__officials": OFFICIALS,
    "civil_servants__officials_compared": COMPARED,
    "population__verifications": VERIFICATIONS,
    "population__name_frequencies": NAME_FREQUENCIES,
    "exchange__messages": MESSAGES,
    "exchange__attachments": ATTACHMENTS,
    "duplicates__pairs": PAIRS,
    "suggestions__proposals": PROPOSALS,
    "suggestions__neighbours": NEIGHBOURS,
    "suggestions__embeddings": [],
    "linkage__proposals": [],
    "units__communes": COMMUNES,
    "units__transfers": TRANSFERS,
    "filedrop__files": DROPPED,
    "filedrop__dossiers": LISTED_DOSSIERS,
    "filedrop__documents": LISTED_DOCUMENTS,
}

# What the ledger of intake knows: two analysts' agencies each with a batch of their own.
DELIVERIES = [
    {"event": "received", "batch_id": BATCH, "delivery_name": "box-1", "version": 1},
    {"event": "received", "batch_id": "own-a", "delivery_name": "a", "version": 1}
    | {"agency_code": A},
    {"event": "received", "batch_id": "own-b", "delivery_name": "b", "version": 1}
    | {"agency_code": B},
]
for _entry in DELIVERIES:
    _entry |= {"content_sha256": sha("d"), "delivery_form": "folder", "delivered_at": RECEIVED}
