"""Good and broken rows of lists for disposal, decisions and steps."""

NULL = "expect_column_values_to_not_be_null"
SET = "expect_column_values_to_be_in_set"
UNIQUE = "expect_compound_columns_to_be_unique"
SHA = "expect_column_values_to_match_regex"
DOCUMENT = "H26.01:" + "a" * 64
WHO = {"decided_by": "TEST PERSON", "because": "yearly review"}

GOOD = {
    "disposal_lists": {
        "list_code": "H26.01-2026-01",
        "agency_code": "H26.01",
        "document_count": 1,
        "content_sha256": "a" * 64,
        **WHO,
    },
    "disposal_items": {
        "list_code": "H26.01-2026-01",
        "document_key": DOCUMENT,
        "term_source": "register",
        "term_type": "years",
        "term_end_date": "2015-12-31",
        "grounds": "the term ended",
    },
    "disposal_decisions": {
        "list_code": "H26.01-2026-01",
        "document_key": DOCUMENT,
        "decision": "approved",
        "decision_number": "12/QĐ-THỬ",
        "decision_date": "2026-01-05",
        "council": "TEST COUNCIL",
        **WHO,
    },
    "disposal_steps": {
        "list_code": "H26.01-2026-01",
        "step": "executed",
        "step_date": "2026-02-01",
        "certificate_number": None,
        "content_sha256": "a" * 64,
        **WHO,
    },
}


def _missing(module, *names):
    return [(f"{NULL}({name})", {name: None}) for name in names or GOOD[module]]


BROKEN = {
    "disposal_lists": [
        *_missing("", "list_code", "agency_code", "content_sha256", "decided_by", "because"),
        ("lists_have_names_of_their_own", [{}, {}]),
        ("expect_column_values_to_be_between(document_count)", {"document_count": 0}),
        (f"{SHA}(content_sha256)", {"content_sha256": "A"}),
    ],
    "disposal_items": [
        *_missing("disposal_items"),
        (f"{UNIQUE}(list_code, document_key)", [{}, {}]),
        ("documents_are_of_the_agency_of_their_list", {"list_code": "H26.02-2026-01"}),
        (f"{SET}(term_source)", {"term_source": "rule"}),
        (f"{SET}(term_type)", {"term_type": "permanent"}),
    ],
    "disposal_decisions": [
        *_missing("disposal_decisions"),
        (f"{UNIQUE}(list_code, document_key)", [{}, {}]),
        (f"{SET}(decision)", {"decision": "perhaps"}),
    ],
    "disposal_steps": [
        *_missing("", "list_code", "step", "step_date", "content_sha256", "decided_by", "because"),
        (f"{UNIQUE}(list_code, step)", [{}, {}]),
        (f"{SET}(step)", {"step": "forgotten"}),
        (f"{SHA}(content_sha256)", {"content_sha256": "A"}),
        ("certificates_have_a_number", {"certificate_number": "BB-1"}),
        ("no_step_is_taken_before_the_one_before_it", {"step": "verified"}),
        (
            "no_step_is_taken_before_the_one_before_it",
            [{}, {"step": "certified", "certificate_number": "BB-1"}],
        ),
    ],
}
EMPTY = set(GOOD)
