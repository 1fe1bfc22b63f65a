"""Good and broken rows of what full key lists told about registries, and of parcels."""

OBSERVED = {
    "_batch_id": "2026-01-11",
    "observation_type": "outdated",
    "listed_changed_at": "2026-01-10T00:00:00Z",
    "observed_at": "2026-01-11T00:00:00Z",
}
TWICE = [{}, {}]


def broken_comparisons(key):
    """Return each expectation about comparisons of ``key`` with a row that breaks it alone."""
    return [
        (f"expect_column_values_to_not_be_null({key})", {key: None}),
        (
            "expect_column_values_to_not_be_null(observation_type)",
            {"observation_type": None},
        ),
        ("expect_column_values_to_be_in_set(observation_type)", {"observation_type": "lost"}),
        ("expect_column_values_to_not_be_null(observed_at)", {"observed_at": None}),
        (f"expect_compound_columns_to_be_unique(_batch_id, {key})", TWICE),
        ("only_what_is_listed_has_a_time_in_the_list", {"observation_type": "withdrawn"}),
        ("comparisons_do_not_come_from_the_future", {"observed_at": "2999-01-01T00:00:00Z"}),
    ]


NULL = "expect_column_values_to_not_be_null"
SHAPE = "expect_column_values_to_match_regex"
UNIQUE = "expect_compound_columns_to_be_unique(_batch_id, parcel_id_land, changed_at)"
GOOD = {
    "enterprises_compared": OBSERVED | {"tax_code": "0100109106"},
    "parcels_compared": OBSERVED | {"parcel_id_land": "P000000001"},
    "parcels": {
        "_batch_id": "b",
        "parcel_id_land": "P000000001",
        "commune_code": "00004",
        "map_sheet": "012",
        "parcel_number": "7",
        "old_commune_code": "00001",
        "old_map_sheet": "03",
        "old_parcel_number": None,
        "holder_person_id": "000000000001",
        "area_m2": 120.5,
        "changed_at": "2026-01-01T00:00:00Z",
        "is_deleted": False,
    },
}
BROKEN = {
    "enterprises_compared": broken_comparisons("tax_code"),
    "parcels_compared": broken_comparisons("parcel_id_land"),
    "parcels": [
        (f"{NULL}(parcel_id_land)", {"parcel_id_land": None}),
        (f"{NULL}(changed_at)", {"changed_at": None}),
        (UNIQUE, TWICE),
        ("parcels_have_one_state_at_a_time", [{}, {"area_m2": 99.0}], UNIQUE),
        ("parcels_have_an_old_or_a_new_key", {"parcel_number": None}),
        (f"{SHAPE}(commune_code)", {"commune_code": "1234"}),
        (f"{SHAPE}(old_commune_code)", {"old_commune_code": "123456"}),
        (f"{SHAPE}(holder_person_id)", {"holder_person_id": "12345"}),
        ("expect_column_values_to_be_between(area_m2)", {"area_m2": -1.0}),
    ],
}
EMPTY = set(GOOD)
