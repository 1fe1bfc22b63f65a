"""Good and broken rows of handovers and the lines of their lists."""

NULL = "expect_column_values_to_not_be_null"
SET = "expect_column_values_to_be_in_set"
LEAST = "expect_column_values_to_be_between"
SHAPE = "expect_column_values_to_match_regex"
FIRST, DIGEST = "0" * 64, "a" * 64

GOOD = {
    "custody_events": {
        "event_number": 1,
        "previous_sha256": FIRST,
        "event_sha256": DIGEST,
        "event_type": "handed_over",
        "supersedes_number": None,
        "giver_agency_code": "H26.01",
        "receiver_agency_code": "H26.02",
        "handover_date": "2026-01-05",
        "box_count": 1,
        "dossier_count": 0,
        "document_count": 5,
        "received_document_count": 5,
        "condition_code": "01",
        "reason_code": "delivery",
        "list_sha256": DIGEST,
        "content_sha256": DIGEST,
        "decided_by": "TEST PERSON",
        "because": "delivery of the year",
        "recorded_at": "2026-01-05T08:00:00Z",
    },
    "custody_items": {
        "event_number": 1,
        "agency_code": "H26.01",
        "box_code": "H1",
        "dossier_code": None,
        "document_count": 5,
        "received_document_count": 4,
        "explained_document_count": 1,
        "explanation": "lost, record 05/BB",
    },
}
_SECOND = {"event_number": 2, "previous_sha256": DIGEST, "event_sha256": "b" * 64}
_THIRD = {"event_number": 3, "previous_sha256": "b" * 64, "event_sha256": "c" * 64}
BROKEN = {
    "custody_events": [
        *(
            (f"{NULL}({name})", {name: None})
            for name in ("giver_agency_code", "receiver_agency_code", "handover_date")
        ),
        (f"{NULL}(decided_by)", {"decided_by": None}),
        (f"{NULL}(because)", {"because": None}),
        (f"{SET}(event_type)", {"event_type": "lost"}),
        (f"{SET}(condition_code)", {"condition_code": "04"}),
        (f"{SET}(reason_code)", {"reason_code": "gift"}),
        (f"{SHAPE}(list_sha256)", {"list_sha256": "x"}),
        (f"{SHAPE}(content_sha256)", {"content_sha256": "x"}),
        *(
            (f"{LEAST}({name})", {name: -1})
            for name in (
                "box_count",
                "dossier_count",
                "document_count",
                "received_document_count",
            )
        ),
        ("giver_and_receiver_are_two", {"receiver_agency_code": "H26.01"}),
        ("no_handover_is_of_a_day_to_come", {"handover_date": "2026-01-07"}),
        ("each_event_follows_the_one_before_it", {"event_number": 2}),
        ("each_event_follows_the_one_before_it", [{}, _SECOND | {"event_number": 1}]),
        ("each_event_follows_the_one_before_it", [{}, _SECOND | {"event_number": 3}]),
        ("each_event_follows_the_one_before_it", {"previous_sha256": DIGEST}),
        ("each_event_follows_the_one_before_it", [{}, _SECOND | {"previous_sha256": "c" * 64}]),
        ("no_event_is_superseded_twice_or_before_it_was", {"supersedes_number": 1}),
        (
            "no_event_is_superseded_twice_or_before_it_was",
            [{}, _SECOND | {"supersedes_number": 1}, _THIRD | {"supersedes_number": 1}],
        ),
    ],
    "custody_items": [
        (f"{NULL}(event_number)", {"event_number": None}),
        (f"{NULL}(agency_code)", {"agency_code": None}),
        *(
            (f"{LEAST}({name})", {name: -1})
            for name in ("document_count", "received_document_count", "explained_document_count")
        ),
        ("a_line_names_a_box_or_a_dossier", {"box_code": None}),
        ("no_more_is_explained_than_differs", {"explained_document_count": 2}),
        ("no_more_is_explained_than_differs", {"explanation": None}),
    ],
}
EMPTY = set(GOOD)
