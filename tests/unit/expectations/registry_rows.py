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
SET = "expect_column_values_to_be_in_set"
UNIQUE = "expect_compound_columns_to_be_unique(_batch_id, parcel_id_land, changed_at)"
UNIQUE_OFFICIAL = UNIQUE.replace("parcel_id_land", "official_id_civil_servants")
ALONE = "expect_compound_columns_to_be_unique"
TOKEN = "0" * 64
GOOD = {
    "enterprises_compared": OBSERVED | {"tax_code": "0100109106"},
    "parcels_compared": OBSERVED | {"parcel_id_land": "P000000001"},
    "officials_compared": OBSERVED | {"official_id_civil_servants": "CB0000001"},
    "officials": {
        "_batch_id": "b",
        "official_id_civil_servants": "CB0000001",
        "agency_code": "H26.03",
        "person_id": "000600000001",
        "person_name": "TEST PERSON",
        "official_type": "cadre",
        "birth_date": "1980-01-01",
        "appointed_date": "2010-01-01",
        "changed_at": "2026-01-01T00:00:00Z",
        "is_deleted": False,
    },
    "verifications": {
        "_batch_id": "b",
        "entity": "land__parcels",
        "entity_key": "P000000001",
        "claim_token": TOKEN,
        "person_token": TOKEN,
        "token_key_id": "1",
        "result_type": "differs",
        "differing_fields": "full_name",
        "verified_at": "2026-01-01T00:00:00Z",
    },
    "name_frequencies": {
        "_batch_id": "all",
        "name_part": "family",
        "part_name": "Thử",
        "people_count": 50,
    },
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
    "officials_compared": broken_comparisons("official_id_civil_servants"),
    "officials": [
        (f"{NULL}(official_id_civil_servants)", {"official_id_civil_servants": None}),
        (f"{NULL}(changed_at)", {"changed_at": None}),
        (UNIQUE_OFFICIAL, TWICE),
        ("officials_have_one_state_at_a_time", [{}, {"agency_code": "H26"}], UNIQUE_OFFICIAL),
        ("officials_have_a_name", {"person_name": None}),
        (f"{SHAPE}(agency_code)", {"agency_code": "000.03.H26"}),
        (f"{SHAPE}(person_id)", {"person_id": "12345"}),
        (f"{SET}(official_type)", {"official_type": "soldier"}),
        ("nobody_is_appointed_before_birth", {"appointed_date": "1970-01-01"}),
    ],
    "verifications": [
        (f"{NULL}(entity)", {"entity": None}),
        (f"{NULL}(entity_key)", {"entity_key": None}),
        (f"{NULL}(claim_token)", {"claim_token": None}),
        (f"{NULL}(token_key_id)", {"token_key_id": None}),
        (f"{NULL}(verified_at)", {"verified_at": None}),
        (f"{NULL}(result_type)", {"result_type": None, "differing_fields": None}),
        (f"{SET}(result_type)", {"result_type": "dead", "differing_fields": None}),
        (f"{SHAPE}(claim_token)", {"claim_token": "000000000001"}),
        (f"{SHAPE}(person_token)", {"person_token": "000000000001"}),
        (f"{SHAPE}(differing_fields)", {"differing_fields": "TEST PERSON"}),
        (f"{ALONE}(_batch_id, entity, entity_key)", TWICE),
        (
            "what_differs_is_named_exactly_where_something_differs",
            {"differing_fields": None},
        ),
        (
            "whoever_is_found_has_a_token",
            {"person_token": None},
        ),
        ("answers_do_not_come_from_the_future", {"verified_at": "2999-01-01T00:00:00Z"}),
    ],
    "name_frequencies": [
        (f"{NULL}(name_part)", {"name_part": None}),
        (f"{NULL}(part_name)", {"part_name": None}),
        (f"{NULL}(people_count)", {"people_count": None}),
        (f"{SET}(name_part)", {"name_part": "nickname"}),
        ("expect_column_values_to_be_between(people_count)", {"people_count": 1}),
        (f"{ALONE}(_batch_id, name_part, part_name)", TWICE),
        ("names_are_no_numbers", {"part_name": "000000000001"}),
    ],
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
