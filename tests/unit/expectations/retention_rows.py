"""Good and broken rows of holds and triggers."""

NULL = "expect_column_values_to_not_be_null"
SET = "expect_column_values_to_be_in_set"
DOCUMENT = "H26.01:" + "a" * 64
SAID = {"subject_type": "document", "subject_key": DOCUMENT}
WHO = {"decided_by": "TEST PERSON", "because": "an inspection asks for it"}

GOOD = {
    "retention_holds": {
        "entry_id": 1,
        "hold_event": "held",
        "of_entry_id": None,
        **SAID,
        "since_date": "2026-01-05",
        **WHO,
    },
    "retention_triggers": {
        **SAID,
        "trigger_code": "work_year_ended",
        "trigger_date": "2020-01-05",
        **WHO,
    },
}
_SUBJECT = [
    (f"{NULL}(subject_type)", {"subject_type": None}),
    (f"{SET}(subject_type)", {"subject_type": "box"}),
    (f"{NULL}(subject_key)", {"subject_key": None}),
    (f"{NULL}(decided_by)", {"decided_by": None}),
    (f"{NULL}(because)", {"because": None}),
]
BROKEN = {
    "retention_holds": [
        *_SUBJECT,
        (f"{NULL}(hold_event)", {"hold_event": None}),
        (f"{SET}(hold_event)", {"hold_event": "forgotten"}),
        (f"{NULL}(since_date)", {"since_date": None}),
        ("what_is_held_is_named_with_its_agency", {"subject_key": "H26.01:D1"}),
        ("what_is_held_is_named_with_its_agency", {"subject_key": "D1", "subject_type": "dossier"}),
        ("releases_name_a_hold", {"hold_event": "released"}),
        ("releases_name_a_hold", {"of_entry_id": 1}),
        ("releases_name_a_hold", [{}, {"hold_event": "released", "of_entry_id": 7}]),
    ],
    "retention_triggers": [
        *_SUBJECT,
        ("what_it_is_said_of_is_named_with_its_agency", {"subject_key": "H26.01:D1"}),
        (f"{NULL}(trigger_code)", {"trigger_code": None}),
        (f"{SET}(trigger_code)", {"trigger_code": "end_of_days"}),
    ],
}
EMPTY = set(GOOD)
