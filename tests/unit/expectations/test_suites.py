"""Each expectation of each suite is made to fail by one row that breaks it and nothing else."""

import pytest

from expectations.errors import SuiteUnknown
from expectations.gate import _named
from expectations.suites import GATES, suite_named
from tests.unit.expectations import (
    custody_rows,
    disposal_rows,
    exchange_rows,
    linkage_rows,
    register_rows,
    registry_rows,
    retention_rows,
    unit_rows,
)

DIGEST = "a" * 64
LINEAGE = {"_batch_id": "b", "file_ordinal": 1}
GOOD = {
    "agencies": {
        "_batch_id": "b",
        "agency_code": "H26.01",
        "agency_name": "Ủy ban nhân dân xã Một",
        "bloc": "government",
        "agency_level": "commune",
        "commune_code": "00001",
        "successor_code": "H26.02",
        "change_type": "merged",
        "valid_from_date": "2020-01-01",
        "valid_to_date": "2025-06-30",
    },
    "files": {
        **LINEAGE,
        "received_state": "received",
        "file_sha256": DIGEST,
        "agency_code": "H26.01",
        "bloc": "party",
        "secrecy": "thuong",
    },
    "documents": {
        **LINEAGE,
        "outcome": "degraded",
        "reason_code": "low_confidence",
        "file_sha256": DIGEST,
        "archive_sha256": DIGEST,
        "reading_sha256": "b" * 64,
        "pdfa_pikepdf": "not_checked",
        "pdfa_verapdf": "passed",
        "is_text_equal": True,
        "are_images_unchanged": True,
        "page_count": 1,
        "producer_type": "scanner",
        "text_confidence": 0.9,
    },
    "pages": {
        **LINEAGE,
        "page_number": 1,
        "outcome": "ok",
        "reason_code": None,
        "text_confidence": 1.0,
        "rotation_confidence": 1.0,
        "sharpness": 0.6,
        "contrast": 0.9,
        "text_layer_type": "none",
        "dpi": 300.0,
        "image_phash": DIGEST,
    },
    "fields": {
        **LINEAGE,
        "field_name": "number",
        "field_value": "51/QĐ-UBND",
        "confidence": 0.5,
        "reading_confidence": 1.0,
        "extraction_confidence": 0.5,
        "is_accepted": True,
        "box_left": 0.0,
        "box_top": 0.1,
        "box_right": 0.5,
        "box_bottom": 1.0,
    },
    "signatures": {
        **LINEAGE,
        "signature_ordinal": 1,
        "file_sha256": DIGEST,
        "kind": "signature",
        "integrity": "intact",
        "timestamp_integrity": "intact",
        "coverage": "whole_file",
        "later_changes": "none",
        "are_later_changes_allowed": True,
        "is_valid": True,
        "problem_code": None,
        "certificate_trust": "not_examined",
        "signed_at": "2026-01-01T00:00:00Z",
        "timestamp_at": "2026-01-01T00:00:00Z",
        "box_left": 0.6,
        "box_top": 0.0,
        "box_right": 1.0,
        "box_bottom": 0.1,
        "_extracted_at": "2026-01-02T00:00:00Z",
    },
    "enterprises": {
        "_batch_id": "b",
        "tax_code": "0100109106-001",
        "enterprise_name": "TEST ENTERPRISE",
        "commune_code": "00001",
        "changed_at": "2026-01-01T00:00:00Z",
        "is_deleted": False,
    },
}
GOOD["parts"] = {
    "_batch_id": "b",
    "stack_ordinal": 1,
    "part_number": 1,
    "stack_sha256": DIGEST,
    "file_ordinal": 2,
    "file_sha256": DIGEST,
    "opened_by": "patch_t",
    "first_page": 2,
    "last_page": 3,
    "stack_pages": 3,
}
GOOD["deliveries"] = {
    "entry_id": 1,
    "batch_id": "b-00000000",
    "event": "received",
    "delivery_form": "bag",
    "content_sha256": DIGEST,
    "superseded_batch_id": "b-11111111",
    "version": 2,
    "reason_code": None,
    "open_box_count": 0,
}
GOOD |= {
    "acceptance_plans": {
        "batch_id": "b-00000000",
        "vendor": "TEST VENDOR",
        "attempt": 1,
        "owner": "TEST OFFICE",
        "unit": "page",
        "inspection": "normal",
        "lot_count": 100,
        "sample_count": 20,
        "accept_number": 1,
        "reject_number": 2,
    },
    "acceptance_samples": {
        "plan_code": "P-0",
        "position": 1,
        "item_code": "K-0123456789",
        "file_sha256": DIGEST,
        "page_number": 2,
        "page_count": 2,
    },
    "acceptance_known_bad": {"plan_code": "P-0", "defect_code": "blurred"},
    "acceptance_findings": {
        "inspector": "TEST INSPECTOR",
        "verdict": "fail",
        "defect_code": "wrong_field_value",
        "wrong_field_count": 1,
    },
    "acceptance_decisions": {
        "decided_by": "TEST CHIEF",
        "decided_role": "TEST OFFICE",
        "decision": "accepted",
        "is_deviation": True,
        "reason": "said why",
        "is_valid": True,
        "inspected_count": 20,
        "defect_count": 2,
        "known_bad_judged_count": 2,
        "known_bad_caught_count": 2,
    },
}
GOOD["fixity_checks"] = {
    "entry_id": 1,
    "file_sha256": DIGEST,
    "found_sha256": DIGEST,
    "fixity_result": "intact",
    "checked_at": "2026-01-01T00:00:00Z",
    "due_again_at": "2026-04-01T00:00:00Z",
}
GOOD["pairs"] = {
    "first_document_id": "a" * 64,
    "second_document_id": "b" * 64,
    "verdict": "same_paper",
    "issuer_agreement": "equal",
    "number_agreement": "equal",
    "symbol_agreement": "unknown",
    "date_agreement": "unknown",
    "text_similarity": 0.9,
    "pages_alike": 1,
    "pages_compared": 2,
}
GOOD["decisions"] = {
    "lower_document_key": "A:a",
    "higher_document_key": "A:b",
    "decision": "same",
    "decided_by": "TEST PERSON",
    "because": "held side by side",
}
GOOD["corrections"] = {
    "entry_id": 2,
    "document_key": "A:a",
    "field_name": "number",
    "new_value": "51/QĐ-UBND",
    "verdict": "corrected",
    "reviewer_name": "reviewer_test",
    "because": "misread",
    "old_confidence": 0.4,
    "upon_entry_id": 1,
}
GOOD["keyings"] = {"of_entry_id": 1, "field_name": "number", "keyer_name": "reviewer_test"}
GOOD["audits"] = {
    "document_key": "A:a",
    "field_name": "number",
    "read_value": "1/A",
    "keyer_name": "reviewer_test",
    "confidence": 0.9,
}
GOOD["thresholds"] = {
    "calibration_id": "c",
    "field_name": "number",
    "status": "lowered",
    "threshold": 0.8,
    "previous_threshold": 0.88,
    "limit_share": 0.01,
    "looked_at_count": 300,
}
GOOD["proposals"] = {
    "document_id": "a" * 64,
    "suggestion_type": "retention",
    "suggestion_ordinal": 1,
    "suggested_value": "finance",
    "maintenance_code": "05",
    "retention_years": 20,
    "score": 0.8,
    "rule_code": "tender-award",
    "occurrence_count": 1,
}
GOOD["neighbours"] = {
    "_batch_id": "b",
    "document_id": "a" * 64,
    "group_code": "finance",
    "score": 0.9,
    "neighbour_count": 3,
}
GOOD["embeddings"] = {
    "_batch_id": "b",
    "document_id": "a" * 64,
    "outcome": "ok",
    "model_name": "model",
    "embedding_length": 384,
}
GOOD["suggestion_decisions"] = {
    "document_key": "A:a",
    "suggestion_type": "retention",
    "suggested_value": "finance",
    "decision": "accepted",
    "decided_value": "finance",
    "decided_by": "TEST PERSON",
    "because": "as the schedule says",
}
GOOD["readings"] = {
    **LINEAGE,
    "page_number": 1,
    "word_count": 10,
    "doubtful_count": 2,
    "asked_count": 4,
    "changed_count": 1,
    "text_confidence": 0.9,
}
GOOD["comparisons"] = {
    "entry_id": 1,
    "file_sha256": DIGEST,
    "old_reading_sha256": "1" * 64,
    "new_reading_sha256": "2" * 64,
    "old_recipe_id": "3" * 64,
    "new_recipe_id": "4" * 64,
    "is_trial": False,
    "old_word_count": 10,
    "new_word_count": 9,
    "common_word_count": 8,
    "old_confidence": 0.8,
    "new_confidence": 0.9,
}
NULL, SET, REGEX = (
    f"expect_column_values_to_{kind}" for kind in ("not_be_null", "be_in_set", "match_regex")
)
BETWEEN, UNIQUE = (
    "expect_column_values_to_be_between",
    "expect_compound_columns_to_be_unique",
)
TWICE = [{}, {}]
FITS, MOST = "reasons_fit_their_outcome", "most_documents_are_usable"
OUTCOME = [
    (f"{NULL}(outcome)", {"outcome": None, "reason_code": "no_pages"}),
    (FITS, {"outcome": "ok", "reason_code": "damaged"}),
    (FITS, {"outcome": "degraded", "reason_code": None}),
    (FITS, {"outcome": "degraded", "reason_code": "damaged"}),
]
OF_BOTH = "confidence_is_of_reading_and_extraction"
HONEST = "valid_signatures_are_intact_and_cover_their_revision"
UNKNOWN_OUTCOME = {"outcome": "fine", "reason_code": "damaged"}
# suite -> (what fails, how the good row is changed, what has to fail with it)
BROKEN = {
    "agencies": [
        (f"{NULL}(agency_code)", {"agency_code": None}),
        (f"{REGEX}(agency_code)", {"agency_code": "000.06.16.G09"}),
        (f"{UNIQUE}(_batch_id, agency_code, valid_from_date)", TWICE),
        (f"{SET}(change_type)", {"change_type": "gone"}),
        ("what_ended_has_a_last_day", {"valid_to_date": None}),
        (f"{NULL}(agency_name)", {"agency_name": None}),
        (f"{NULL}(bloc)", {"bloc": None}),
        (f"{SET}(bloc)", {"bloc": "army"}),
        (f"{SET}(agency_level)", {"agency_level": "ward"}),
        (f"{REGEX}(commune_code)", {"commune_code": "1"}),
        ("terms_end_after_they_begin", {"valid_to_date": "2019-01-01"}),
        ("agencies_do_not_succeed_themselves", {"successor_code": "H26.01"}),
    ],
    "files": [
        (f"{UNIQUE}(_batch_id, file_ordinal)", TWICE),
        (
            f"{NULL}(received_state)",
            {"received_state": None},
            "only_missing_files_have_no_digest",
        ),
        (f"{SET}(received_state)", {"received_state": "lost"}),
        (f"{REGEX}(file_sha256)", {"file_sha256": DIGEST[1:]}),
        ("only_missing_files_have_no_digest", {"file_sha256": None}),
        ("only_missing_files_have_no_digest", {"received_state": "missing"}),
        ("declared_files_name_their_agency", {"agency_code": None}),
        (f"{SET}(bloc)", {"bloc": "army"}),
        (f"{SET}(secrecy)", {"secrecy": "rất mật"}),
    ],
    "documents": [
        (f"{UNIQUE}(_batch_id, file_ordinal)", TWICE),
        *OUTCOME,
        (f"{SET}(outcome)", UNKNOWN_OUTCOME, FITS, MOST),
        (f"{REGEX}(file_sha256)", {"file_sha256": "A" * 64}),
        (f"{REGEX}(archive_sha256)", {"archive_sha256": "none"}),
        (f"{REGEX}(reading_sha256)", {"reading_sha256": "none"}),
        (
            "state_secrets_leave_no_reading",
            {"outcome": "quarantined", "reason_code": "state_secret", "archive_sha256": None},
            MOST,
        ),
        ("usable_documents_have_digests", {"file_sha256": None}),
        ("usable_documents_have_digests", {"archive_sha256": None}),
        ("usable_documents_are_judged_archival", {"pdfa_verapdf": "not_judged"}),
        ("usable_documents_are_judged_archival", {"pdfa_verapdf": None}),
        ("usable_documents_are_judged_archival", {"pdfa_pikepdf": "failed"}),
        ("usable_documents_are_true_copies", {"is_text_equal": None}),
        ("usable_documents_are_true_copies", {"are_images_unchanged": False}),
        ("usable_documents_have_pages", {"page_count": 0}),
        (
            "state_secrets_leave_no_copy",
            {"outcome": "quarantined", "reason_code": "state_secret", "reading_sha256": None},
            MOST,
        ),
        (f"{BETWEEN}(text_confidence)", {"text_confidence": 1.01}),
        (f"{SET}(producer_type)", {"producer_type": "camera"}),
        (MOST, {"outcome": "failed", "reason_code": "damaged"}),
    ],
    "pages": [
        (f"{UNIQUE}(_batch_id, file_ordinal, page_number)", TWICE),
        *OUTCOME,
        (f"{SET}(outcome)", UNKNOWN_OUTCOME, FITS),
        (f"{BETWEEN}(page_number)", {"page_number": 0}),
        (f"{BETWEEN}(text_confidence)", {"text_confidence": -0.1}),
        (f"{BETWEEN}(rotation_confidence)", {"rotation_confidence": 1.2}),
        (f"{BETWEEN}(sharpness)", {"sharpness": -0.1}),
        (f"{BETWEEN}(contrast)", {"contrast": 2.0}),
        (f"{SET}(text_layer_type)", {"text_layer_type": "some"}),
        (f"{BETWEEN}(dpi)", {"dpi": 96.0}),
        (f"{REGEX}(image_phash)", {"image_phash": DIGEST[1:]}),
    ],
    "fields": [
        (f"{UNIQUE}(_batch_id, file_ordinal, field_name)", TWICE),
        ("names_are_known", {"field_name": "colour"}),
        ("names_are_known", {"field_name": "recipient_0"}),
        ("languages_have_a_code", {"field_name": "language", "field_value": "12"}),
        ("urgency_is_of_its_list", {"field_name": "urgency", "field_value": "sớm"}),
        ("secrecy_is_of_its_list", {"field_name": "secrecy", "field_value": "mat"}),
        ("date_precision_is_of_its_list", {"field_name": "date_precision", "field_value": "hour"}),
        (f"{NULL}(field_value)", {"field_value": None}),
        (f"{NULL}(confidence)", {"confidence": None}),
        (f"{NULL}(is_accepted)", {"is_accepted": None}),
        (f"{BETWEEN}(confidence)", {"confidence": 1.5}, OF_BOTH),
        (f"{BETWEEN}(reading_confidence)", {"reading_confidence": 1.1}, OF_BOTH),
        (f"{BETWEEN}(extraction_confidence)", {"extraction_confidence": -0.1}, OF_BOTH),
        (OF_BOTH, {"extraction_confidence": 0.6}),
        (f"{BETWEEN}(box_left)", {"box_left": -0.1}),
        (f"{BETWEEN}(box_top)", {"box_top": -0.1}),
        (f"{BETWEEN}(box_right)", {"box_right": 1.1}),
        (f"{BETWEEN}(box_bottom)", {"box_bottom": 30.0}),
        ("boxes_have_an_area", {"box_left": 0.5}),
        ("boxes_have_an_area", {"box_top": 1.0}),
        ("dates_are_iso", {"field_name": "date", "field_value": "19/04/2025"}),
        ("accepted_numbers_have_a_symbol", {"field_value": "QĐ-UBND"}),
    ],
    "signatures": [
        (f"{UNIQUE}(_batch_id, file_ordinal, signature_ordinal)", TWICE),
        (f"{REGEX}(file_sha256)", {"file_sha256": "none"}),
        (f"{NULL}(integrity)", {"integrity": None}, HONEST),
        (f"{NULL}(is_valid)", {"is_valid": None}),
        (f"{SET}(kind)", {"kind": "seal"}),
        (f"{SET}(integrity)", {"integrity": "whole"}, HONEST, "most_signatures_are_intact"),
        (f"{SET}(timestamp_integrity)", {"timestamp_integrity": "whole"}),
        (f"{SET}(coverage)", {"coverage": "all"}, HONEST),
        (f"{SET}(later_changes)", {"later_changes": "some"}),
        (f"{SET}(certificate_trust)", {"certificate_trust": "maybe"}),
        (f"{SET}(problem_code)", {"problem_code": "bored"}),
        (f"{BETWEEN}(box_left)", {"box_left": -0.1}),
        (f"{BETWEEN}(box_top)", {"box_top": -0.1}),
        (f"{BETWEEN}(box_right)", {"box_right": 1.1}),
        (f"{BETWEEN}(box_bottom)", {"box_bottom": 30.0}),
        ("marks_have_an_area", {"box_left": 1.0}),
        (HONEST, {"are_later_changes_allowed": None}),
        (HONEST, {"coverage": "part"}),
        (
            "unknown_integrity_has_a_reason",
            {"integrity": "unknown", "is_valid": False},
            "most_signatures_are_intact",
        ),
        ("signatures_are_not_of_the_future", {"timestamp_at": "2026-02-01T00:00:00Z"}),
        ("most_signatures_are_intact", {"integrity": "broken", "is_valid": False}),
    ],
    "enterprises": [
        (f"{NULL}(tax_code)", {"tax_code": None}),
        (f"{REGEX}(tax_code)", {"tax_code": "0100109106-1"}),
        (f"{UNIQUE}(_batch_id, tax_code, changed_at)", TWICE),
        (
            "enterprises_have_one_state_at_a_time",
            [{}, {"is_deleted": True}],
            f"{UNIQUE}(_batch_id, tax_code, changed_at)",
        ),
        (f"{NULL}(changed_at)", {"changed_at": None}),
        ("enterprises_have_a_name", {"enterprise_name": None}),
        ("communes_have_five_digits", {"commune_code": "1234"}),
        ("check_digits_are_right", {"tax_code": "0100109107"}),
    ],
}
BROKEN["deliveries"] = [
    (f"{NULL}(batch_id)", {"batch_id": None}),
    (f"{NULL}(event)", {"event": None}),
    (f"{SET}(event)", {"event": "lost"}),
    (f"{SET}(delivery_form)", {"delivery_form": "parcel"}),
    (f"{REGEX}(content_sha256)", {"content_sha256": DIGEST[1:]}),
    ("received_deliveries_have_a_version_and_a_digest", {"version": None}),
    ("received_deliveries_have_a_version_and_a_digest", {"content_sha256": None}),
    ("refusals_say_why", {"event": "refused"}),
    ("refusals_say_why", {"reason_code": "bag_invalid"}),
    ("closed_batches_have_no_open_box", {"event": "closed", "open_box_count": 1}),
    ("closed_batches_have_no_open_box", {"event": "closed", "open_box_count": None}),
    ("deliveries_do_not_supersede_themselves", {"superseded_batch_id": "b-00000000"}),
]
IN_DOUBT = "no_more_words_are_in_doubt_or_asked_about_than_were_read"
BROKEN["readings"] = [
    (f"{UNIQUE}(_batch_id, file_ordinal, page_number)", TWICE),
    (f"{BETWEEN}(page_number)", {"page_number": 0}),
    (f"{BETWEEN}(text_confidence)", {"text_confidence": 1.1}),
    (IN_DOUBT, {"doubtful_count": 11}),
    (IN_DOUBT, {"asked_count": 11}),
    ("only_words_that_were_asked_about_are_changed", {"changed_count": 5}),
    ("pages_with_words_have_a_confidence", {"text_confidence": None}),
]
BROKEN["comparisons"] = [
    (f"{NULL}(is_trial)", {"is_trial": None}),
    *(
        (f"{REGEX}({column})", {column: DIGEST[1:]})
        for column in ("file_sha256", "old_reading_sha256", "new_reading_sha256")
    ),
    ("recipes_differ", {"new_recipe_id": "3" * 64}),
    ("no_more_words_are_common_than_either_has", {"common_word_count": 10}),
    (f"{BETWEEN}(old_confidence)", {"old_confidence": 2.0}),
    (f"{BETWEEN}(new_confidence)", {"new_confidence": -1.0}),
]
BROKEN["parts"] = [
    (f"{UNIQUE}(_batch_id, stack_ordinal, part_number)", TWICE),
    (f"{NULL}(stack_sha256)", {"stack_sha256": None}),
    (f"{REGEX}(stack_sha256)", {"stack_sha256": "none"}),
    (f"{REGEX}(file_sha256)", {"file_sha256": "none"}),
    (f"{SET}(opened_by)", {"opened_by": "hand"}),
    (f"{BETWEEN}(first_page)", {"first_page": 0}),
    ("parts_lie_within_their_stack", {"last_page": 4}),
    ("parts_lie_within_their_stack", {"last_page": 1}),
    ("split_parts_have_bytes_and_a_place", {"file_ordinal": None}),
]
BROKEN |= {
    "acceptance_plans": [
        (f"{UNIQUE}(batch_id, vendor, attempt)", TWICE),
        (f"{NULL}(owner)", {"owner": None}),
        (f"{SET}(unit)", {"unit": "box"}),
        (f"{SET}(inspection)", {"inspection": "lax"}),
        ("samples_fit_their_lots", {"sample_count": 101}),
        ("samples_fit_their_lots", {"sample_count": 0}),
        ("numbers_decide", {"accept_number": 2}),
    ],
    "acceptance_samples": [
        (f"{UNIQUE}(plan_code, position)", TWICE),
        (f"{REGEX}(item_code)", {"item_code": "K-bad"}),
        (f"{REGEX}(file_sha256)", {"file_sha256": DIGEST[1:]}),
        ("pages_are_in_their_file", {"page_number": 3}),
    ],
    "acceptance_known_bad": [
        (f"{NULL}(plan_code)", {"plan_code": None}),
        (f"{SET}(defect_code)", {"defect_code": "ugly"}),
    ],
    "acceptance_findings": [
        (f"{NULL}(inspector)", {"inspector": None}),
        (f"{SET}(verdict)", {"verdict": "good"}, "fails_name_their_defect"),
        ("fails_name_their_defect", {"defect_code": None, "wrong_field_count": 0}),
        ("fails_name_their_defect", {"verdict": "pass"}),
        ("wrong_fields_are_counted", {"wrong_field_count": 0}),
        ("wrong_fields_are_counted", {"defect_code": "blurred"}),
    ],
    "acceptance_decisions": [
        (f"{NULL}(decided_by)", {"decided_by": None}),
        (f"{NULL}(decided_role)", {"decided_role": None}),
        (f"{SET}(decision)", {"decision": "perhaps"}),
        ("deviations_say_why", {"reason": None}),
        ("accepted_batches_were_validly_inspected", {"is_valid": False}),
        ("defects_were_looked_at", {"defect_count": 21}),
        ("catches_were_looks", {"known_bad_caught_count": 3}),
    ],
}
WHOLE, OTHER = "intact_files_have_the_digest_they_are_known_by", "damaged_files_have_another"
DAMAGED = {"fixity_result": "damaged", "found_sha256": "b" * 64}
DUE_AT_ONCE = {"due_again_at": "2026-01-01T00:00:00Z"}
BROKEN["fixity_checks"] = [
    (f"{NULL}(file_sha256)", {"file_sha256": None}, WHOLE),
    (f"{REGEX}(file_sha256)", {"file_sha256": "b", **DAMAGED, **DUE_AT_ONCE}),
    (f"{REGEX}(found_sha256)", {**DAMAGED, **DUE_AT_ONCE, "found_sha256": "b"}),
    (f"{NULL}(fixity_result)", {"fixity_result": None}),
    (f"{SET}(fixity_result)", {"fixity_result": "fine", **DUE_AT_ONCE}),
    (WHOLE, {"found_sha256": "b" * 64}),
    (WHOLE, {"found_sha256": None}),
    (OTHER, {**DUE_AT_ONCE, "fixity_result": "damaged"}),
    ("only_a_whole_file_is_left_alone", DAMAGED),
    ("proofs_do_not_come_from_the_future", {"checked_at": "2999-01-01T00:00:00Z"}),
]
MAY_BE_EMPTY = {
    "comparisons",
    "deliveries",
    "fixity_checks",
    "parts",
    "signatures",
}  # until something happens
MAY_BE_EMPTY |= {name for name in GOOD if name.startswith("acceptance_")}
NO_TERM = {"maintenance_code": None, "retention_years": None}
BROKEN["pairs"] = [
    (f"{UNIQUE}(first_document_id, second_document_id)", TWICE),
    (f"{NULL}(verdict)", {"verdict": None}),
    (f"{SET}(verdict)", {"verdict": "twins"}),
    (f"{REGEX}(first_document_id)", {"first_document_id": "0"}),
    (f"{REGEX}(second_document_id)", {"second_document_id": "c" * 63}),
    ("the_smaller_content_comes_first", {"first_document_id": "b" * 64}),
    *(
        (f"{SET}({part}_agreement)", {f"{part}_agreement": "near"})
        for part in ("issuer", "number", "symbol", "date")
    ),
    ("forms_of_other_names_are_no_proposals", {"date_agreement": "different"}),
    (f"{BETWEEN}(text_similarity)", {"text_similarity": 1.2}),
    ("no_more_pages_are_alike_than_compared", {"pages_alike": 3}),
]
BROKEN["decisions"] = [
    (f"{NULL}(decision)", {"decision": None}),
    (f"{SET}(decision)", {"decision": "perhaps"}),
    (f"{NULL}(decided_by)", {"decided_by": None}),
    (f"{NULL}(because)", {"because": None}),
    ("decisions_are_about_two_documents", {"higher_document_key": "A:a"}),
]
BROKEN["corrections"] = [
    (f"{NULL}(document_key)", {"document_key": None}),
    (f"{NULL}(field_name)", {"field_name": None}),
    (f"{NULL}(reviewer_name)", {"reviewer_name": None}),
    (f"{NULL}(because)", {"because": None}),
    (f"{SET}(verdict)", {"verdict": "perhaps"}),
    (f"{BETWEEN}(old_confidence)", {"old_confidence": 1.5}),
    (f"{UNIQUE}(document_key, field_name, upon_entry_id)", TWICE),
    ("words_follow_what_they_were_upon", {"upon_entry_id": 2}),
    ("numbers_have_a_symbol", {"new_value": "QĐ-UBND"}),
]
BROKEN["keyings"] = [
    (f"{NULL}(of_entry_id)", {"of_entry_id": None}),
    (f"{NULL}(keyer_name)", {"keyer_name": None}),
    (f"{UNIQUE}(of_entry_id, field_name)", TWICE),
]
BROKEN["audits"] = [
    (f"{NULL}(read_value)", {"read_value": None}),
    (f"{NULL}(keyer_name)", {"keyer_name": None}),
    (f"{NULL}(confidence)", {"confidence": None}),
    (f"{BETWEEN}(confidence)", {"confidence": 1.2}),
    (f"{UNIQUE}(document_key, field_name)", TWICE),
]
BROKEN["thresholds"] = [
    (f"{NULL}(calibration_id)", {"calibration_id": None}),
    (f"{NULL}(threshold)", {"threshold": None}),
    (f"{SET}(status)", {"status": "guessed"}),
    (f"{BETWEEN}(limit_share)", {"limit_share": 2}),
    (f"{UNIQUE}(calibration_id, field_name)", TWICE),
    ("with_too_few_the_threshold_stays", {"status": "too_few"}),
    ("a_lower_threshold_is_proved", {"looked_at_count": 0}),
]
MAY_BE_EMPTY |= {"pairs", "decisions", "corrections", "keyings", "audits", "thresholds"}
BROKEN["proposals"] = [
    (f"{UNIQUE}(document_id, suggestion_type, suggestion_ordinal)", TWICE),
    (f"{REGEX}(document_id)", {"document_id": "0"}),
    (f"{NULL}(suggestion_type)", {"suggestion_type": None}),
    (f"{SET}(suggestion_type)", {"suggestion_type": "guess", **NO_TERM}),
    (f"{NULL}(suggested_value)", {"suggested_value": None}),
    (f"{NULL}(rule_code)", {"rule_code": None}),
    (f"{NULL}(score)", {"score": None}),
    (f"{BETWEEN}(score)", {"score": 1.2}),
    (f"{BETWEEN}(occurrence_count)", {"occurrence_count": 0}),
    (
        "personal_data_is_told_by_its_kind",
        {"suggestion_type": "personal_data", "suggested_value": "0912 345", **NO_TERM},
    ),
    ("no_value_holds_a_number_of_a_person", {"suggested_value": "CCCD 001085012345"}),
    ("only_retention_has_a_term", {"suggestion_type": "keyword"}),
]
BROKEN["neighbours"] = [
    (f"{UNIQUE}(_batch_id, document_id)", TWICE),
    (f"{REGEX}(document_id)", {"document_id": "0"}),
    (f"{NULL}(group_code)", {"group_code": None}),
    (f"{NULL}(score)", {"score": None}),
    (f"{BETWEEN}(score)", {"score": -1.0}),
    (f"{BETWEEN}(neighbour_count)", {"neighbour_count": 2}),
]
BROKEN["embeddings"] = [
    (f"{UNIQUE}(_batch_id, document_id)", TWICE),
    (f"{REGEX}(document_id)", {"document_id": "0"}),
    (f"{SET}(outcome)", {"outcome": "perhaps", "embedding_length": None}),
    ("a_vector_stands_where_one_was_made", {"embedding_length": None}),
    ("a_vector_stands_where_one_was_made", {"outcome": "no_text"}),
]
BROKEN["suggestion_decisions"] = [
    (f"{NULL}(document_key)", {"document_key": None}),
    (f"{SET}(suggestion_type)", {"suggestion_type": "guess"}),
    (f"{NULL}(suggested_value)", {"suggested_value": None}),
    (f"{NULL}(decision)", {"decision": None}),
    (f"{SET}(decision)", {"decision": "perhaps"}),
    (f"{NULL}(decided_by)", {"decided_by": None}),
    (f"{NULL}(because)", {"because": None}),
    ("what_is_not_rejected_has_a_value", {"decided_value": None}),
]
MAY_BE_EMPTY |= {"proposals", "neighbours", "embeddings", "suggestion_decisions"}
MAY_BE_EMPTY |= {"pairs", "decisions"}
GOOD |= registry_rows.GOOD | unit_rows.GOOD | linkage_rows.GOOD
BROKEN |= registry_rows.BROKEN | unit_rows.BROKEN | linkage_rows.BROKEN
MAY_BE_EMPTY |= registry_rows.EMPTY | unit_rows.EMPTY | linkage_rows.EMPTY
GOOD |= register_rows.GOOD | exchange_rows.GOOD
BROKEN |= register_rows.BROKEN | exchange_rows.BROKEN
MAY_BE_EMPTY |= register_rows.EMPTY | exchange_rows.EMPTY
GOOD |= retention_rows.GOOD | disposal_rows.GOOD | custody_rows.GOOD
BROKEN |= retention_rows.BROKEN | disposal_rows.BROKEN | custody_rows.BROKEN
MAY_BE_EMPTY |= retention_rows.EMPTY | disposal_rows.EMPTY | custody_rows.EMPTY
ROWS = "expect_table_row_count_to_be_between()"


def suite_of(module):
    return f"{module}_meet_expectations"


@pytest.mark.parametrize("module", GOOD)
def test_good_rows_meet_every_expectation(failing, module):
    assert failing(suite_of(module), GOOD[module], [GOOD[module]]) == ()


def test_an_enterprise_may_change_twice_between_two_pulls(failing):
    good = GOOD["enterprises"]
    rows = [good, {**good, "changed_at": "2026-01-02T00:00:00Z", "is_deleted": True}]
    assert failing("enterprises_meet_expectations", good, rows) == ()


@pytest.mark.parametrize("module", GOOD)
def test_no_rows_at_all_are_noticed(failing, module):
    assert failing(suite_of(module), GOOD[module], []) == (
        () if module in MAY_BE_EMPTY else (ROWS,)
    )


@pytest.mark.parametrize(
    ("module", "change", "fails"),
    [
        pytest.param(module, change, {name, *with_it}, id=f"{module}-{name}-{at}")
        for module, cases in BROKEN.items()
        for at, (name, change, *with_it) in enumerate(cases)
    ],
)
def test_a_row_that_breaks_an_agreement_is_noticed(failing, module, change, fails):
    good = GOOD[module]
    changes = change if isinstance(change, list) else [change]
    rows = [{**good, **each} for each in changes]
    assert set(failing(suite_of(module), good, rows)) == fails


def named(module):
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

    return {
        _named(ExpectationValidationResult(expectation_config=one.configuration))
        for one in suite_named(suite_of(module)).expectations
    }


@pytest.mark.parametrize("module", GOOD)
def test_no_expectation_is_left_that_was_never_seen_failing(module):
    rows = set() if module in MAY_BE_EMPTY else {ROWS}
    assert named(module) == {name for name, *_ in BROKEN[module]} | rows


def test_expectations_of_a_suite_have_names_of_their_own():
    for _, suite in GATES:
        assert len(named(suite.removesuffix("_meet_expectations"))) == len(
            suite_named(suite).expectations
        )


def test_every_gate_has_its_suite():
    assert {suite for _, suite in GATES} == {suite_of(module) for module in GOOD}
    assert [suite_named(suite).name for _, suite in GATES] == [suite for _, suite in GATES]


@pytest.mark.parametrize(
    "name", ["people_meet_expectations", "agencies", "agreed_meet_expectations"]
)
def test_a_suite_nobody_wrote_is_refused_by_name(name):
    with pytest.raises(SuiteUnknown, match=name):
        suite_named(name)
