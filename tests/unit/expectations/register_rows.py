"""Rows of delivered registers that meet what was agreed, and rows that break one thing."""

NULL = "expect_column_values_to_not_be_null"
SET = "expect_column_values_to_be_in_set"
LEAST = "expect_column_values_to_be_between"
UNIQUE = "expect_compound_columns_to_be_unique"
SHA = "expect_column_values_to_match_regex"

GOOD = {
    "dropped_files": {
        "_batch_id": "b",
        "register_id": "H26.01:aa",
        "file_sha256": "a" * 64,
        "agency_code": "H26.01",
        "file_state": "landed",
        "reason_code": None,
        "size_bytes": 10,
    },
    "listed_dossiers": {
        "_batch_id": "b",
        "listed_key": "b:1:2",
        "agency_code": "H26.01",
        "dossier_code": "H26.01.1",
        "dossier_number": None,
        "title": None,
        "maintenance_code": "01",
        "maintenance_text": "Vĩnh viễn",
        "page_count": 10,
        "is_code_doubtful": False,
    },
    "listed_documents": {
        "_batch_id": "b",
        "listed_key": "b:1:2",
        "agency_code": "H26.01",
        "document_number": "051/QĐ-THỬ",
        "code_number": None,
        "document_code": None,
        "subject": None,
        "maintenance_code": "01",
        "issued_date_text": "2025-04",
        "issued_date_precision": "month",
        "page_count": 10,
        "is_number_doubtful": False,
    },
}
BROKEN = {
    "dropped_files": [
        (f"{UNIQUE}(register_id, file_sha256)", [{}, {}]),
        (f"{NULL}(register_id)", {"register_id": None}),
        ("only_what_could_not_be_read_has_no_digest", {"file_sha256": None}),
        (f"{SHA}(file_sha256)", {"file_sha256": "A"}),
        (f"{NULL}(file_state)", {"file_state": None}),
        (f"{SET}(file_state)", {"file_state": "lost"}),
        (f"{LEAST}(size_bytes)", {"size_bytes": -1}),
        ("files_are_refused_exactly_with_a_reason", {"file_state": "refused"}),
        ("landed_files_belong_to_an_agency", {"agency_code": None}),
    ],
    "listed_dossiers": [
        (f"{NULL}(agency_code)", {"agency_code": None}),
        (f"{UNIQUE}(_batch_id, listed_key)", [{"dossier_code": "1"}, {"dossier_code": "2"}]),
        (f"{SET}(maintenance_code)", {"maintenance_code": "08"}),
        (f"{LEAST}(page_count)", {"page_count": -1}),
        ("dossiers_are_named", {"dossier_code": None}),
        ("retention_periods_are_known", {"maintenance_code": None}),
        ("dossiers_are_listed_once", [{}, {"listed_key": "b:1:3"}]),
        ("codes_and_dates_are_beyond_doubt", {"is_code_doubtful": True}),
    ],
    "listed_documents": [
        (f"{NULL}(agency_code)", {"agency_code": None}),
        (f"{UNIQUE}(_batch_id, listed_key)", [{}, {}]),
        (f"{SET}(maintenance_code)", {"maintenance_code": "08"}),
        (f"{SET}(issued_date_precision)", {"issued_date_precision": "week"}),
        (f"{LEAST}(page_count)", {"page_count": -1}),
        ("documents_are_named", {"document_number": None}),
        ("dates_are_kept_only_as_far_as_they_are_known", {"issued_date_precision": None}),
        ("numbers_are_beyond_doubt", {"is_number_doubtful": True}),
    ],
}
EMPTY = set(GOOD)
