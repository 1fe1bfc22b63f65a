"""Good and broken rows of messages of the document axis, and of their attachments."""

DIGEST = "a" * 64
NULL = "expect_column_values_to_not_be_null"
SHAPE = "expect_column_values_to_match_regex"
UNIQUE = "expect_compound_columns_to_be_unique"
BETWEEN = "expect_column_values_to_be_between"
FUTURE = "2999-01-01T00:00:00Z"
GOOD = {
    "messages": {
        "_batch_id": "2026-01-05",
        "message_id": "M-1",
        "sender_code": "H26.18",
        "code_number": "051",
        "code_notation": "QĐ-UBND",
        "action_type": "sends",
        "standard_name": "QCVN 102:2016",
        "page_count": 3,
        "issued_date": "2025-04-19",
        "sent_date": "2025-04-20",
        "changed_at": "2025-04-20T00:00:00Z",
    },
    "attachments": {
        "_batch_id": "2026-01-05",
        "message_id": "M-1",
        "attachment_ordinal": 1,
        "file_sha256": DIGEST,
        "sent_sha256": DIGEST,
        "is_packed": False,
        "size_bytes": 100,
    },
}
BROKEN = {
    "messages": [
        (f"{NULL}(message_id)", {"message_id": None}),
        (f"{NULL}(changed_at)", {"changed_at": None}),
        (f"{UNIQUE}(_batch_id, message_id)", [{}, {}]),
        ("expect_column_values_to_be_in_set(action_type)", {"action_type": "burns"}),
        (f"{BETWEEN}(page_count)", {"page_count": -1}),
        ("messages_do_not_come_from_the_future", {"changed_at": FUTURE}),
        ("documents_are_issued_before_they_are_sent", {"issued_date": "2025-05-19"}),
        ("messages_name_their_document", {"code_notation": None}),
        ("messages_are_of_a_known_standard", {"standard_name": "unknown"}),
        (f"{SHAPE}(sender_code)", {"sender_code": "So Noi vu"}),
        (f"{SHAPE}(code_number)", {"code_number": "không số"}),
    ],
    "attachments": [
        (f"{NULL}(message_id)", {"message_id": None}),
        (f"{UNIQUE}(_batch_id, message_id, attachment_ordinal)", [{}, {}]),
        (f"{SHAPE}(file_sha256)", {"file_sha256": "A" * 64, "is_packed": True}),
        (f"{SHAPE}(sent_sha256)", {"sent_sha256": "A" * 64, "is_packed": True}),
        (f"{BETWEEN}(size_bytes)", {"size_bytes": -1}),
        ("digest_and_size_go_together", {"size_bytes": None}),
        ("only_what_was_packed_was_sent_as_something_else", {"sent_sha256": "b" * 64}),
        (
            "attachments_are_brought_and_not_only_named",
            {"file_sha256": None, "sent_sha256": None, "size_bytes": None},
        ),
    ],
}
EMPTY = set(GOOD)
