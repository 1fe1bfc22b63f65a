"""Rows of communes and transfers that meet what was agreed, and rows that break one thing."""

NULL = "expect_column_values_to_not_be_null"
REGEX = "expect_column_values_to_match_regex"
SET = "expect_column_values_to_be_in_set"
UNIQUE = "expect_compound_columns_to_be_unique"

GOOD = {
    "communes": {
        "_batch_id": "b",
        "commune_code": "00556",
        "commune_name": "Xã Một",
        "district_code": "018",
        "is_former": True,
        "valid_from_date": None,
        "valid_to_date": "2025-06-30",
    },
    "transfers": {
        "_batch_id": "b",
        "old_commune_code": "00556",
        "new_commune_code": "00562",
        "land_share": "part",
        "people_share": "all",
    },
}
BROKEN = {
    "communes": [
        (f"{NULL}(commune_code)", {"commune_code": None}),
        (f"{REGEX}(commune_code)", {"commune_code": "556"}),
        (f"{UNIQUE}(_batch_id, commune_code, is_former)", [{}, {}]),
        (f"{NULL}(commune_name)", {"commune_name": None}),
        ("terms_end_after_they_begin", {"valid_from_date": "2025-07-01"}),
        ("communes_have_a_district_exactly_while_there_were_some", {"district_code": None}),
    ],
    "transfers": [
        (f"{NULL}(old_commune_code)", {"old_commune_code": None}),
        (f"{NULL}(new_commune_code)", {"new_commune_code": None}),
        (f"{REGEX}(old_commune_code)", {"old_commune_code": "556"}),
        (f"{REGEX}(new_commune_code)", {"new_commune_code": "562"}),
        (f"{UNIQUE}(_batch_id, old_commune_code, new_commune_code)", [{}, {}]),
        (f"{NULL}(land_share)", {"land_share": None}),
        (f"{NULL}(people_share)", {"people_share": None}),
        (f"{SET}(land_share)", {"land_share": "none"}),
        (f"{SET}(people_share)", {"people_share": "most"}),
        ("who_takes_all_land_takes_all_people", {"land_share": "all", "people_share": "unknown"}),
    ],
}
EMPTY = {"communes", "transfers"}
