"""Good and broken rows of proposals to link, and of what people decided about links."""

NULL = "expect_column_values_to_not_be_null"
SET = "expect_column_values_to_be_in_set"
BETWEEN = "expect_column_values_to_be_between"
PAIR = "_batch_id, left_entity, left_key, right_entity, right_key"

GOOD = {
    "link_proposals": {
        "_batch_id": "enterprises",
        "left_entity": "document",
        "left_key": "0123456789abcdef",
        "right_entity": "business__enterprises",
        "right_key": "0000000105",
        "standing": "proposed",
        "probability": 0.97,
        "threshold": 0.9,
        "agreements": '{"core": "same"}',
        "model_id": "0123456789abcdef",
    },
    "link_decisions": {
        "document_key": "A:a",
        "entity": "business__enterprises",
        "claim_key": "0123456789abcdef",
        "decision": "linked",
        "target_key": "0000000105",
        "decided_by": "TEST PERSON",
        "because": "as the certificate says",
    },
}
BROKEN = {
    "link_proposals": [
        (f"expect_compound_columns_to_be_unique({PAIR})", [{}, {}]),
        (f"{SET}(left_entity)", {"left_entity": "person"}),
        (f"{SET}(right_entity)", {"right_entity": "land__parcels"}),
        (f"{NULL}(left_key)", {"left_key": None}),
        (f"{NULL}(right_key)", {"right_key": None}),
        (f"{NULL}(standing)", {"standing": None}),
        (f"{SET}(standing)", {"standing": "names_only"}),
        (f"{NULL}(probability)", {"probability": None}),
        (f"{BETWEEN}(probability)", {"probability": 1.5}),
        (f"{NULL}(threshold)", {"threshold": None}),
        (f"{BETWEEN}(threshold)", {"threshold": -1.0}),
        ("what_is_proposed_is_likelier_than_not", {"probability": 0.4, "threshold": 0.3}),
        ("nothing_below_the_threshold_is_proposed", {"probability": 0.8}),
        (f"{NULL}(agreements)", {"agreements": None}),
        ("expect_column_values_to_match_regex(model_id)", {"model_id": "nothing-compared"}),
        (f"{NULL}(model_id)", {"model_id": None}),
    ],
    "link_decisions": [
        (f"{NULL}(document_key)", {"document_key": None}),
        (f"{NULL}(claim_key)", {"claim_key": None}),
        (f"{NULL}(entity)", {"entity": None}),
        (f"{SET}(entity)", {"entity": "person"}),
        (f"{NULL}(decision)", {"decision": None}),
        (f"{SET}(decision)", {"decision": "perhaps", "target_key": None}),
        (f"{NULL}(decided_by)", {"decided_by": None}),
        (f"{NULL}(because)", {"because": None}),
        ("what_is_linked_has_a_target", {"target_key": None}),
    ],
}
EMPTY = set(GOOD)
