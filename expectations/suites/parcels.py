"""What we and the land database agreed a parcel looks like; a city without access has none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, at_least, given, no_row, one_row_each, shaped

COMMUNE = "^[0-9]{5}$"
PERSON_ID = "^([0-9]{9}|[0-9]{12})$"
NO_KEY = (
    "(commune_code is null or map_sheet is null or parcel_number is null)"
    " and (old_commune_code is null or old_map_sheet is null or old_parcel_number is null)"
    " and not is_deleted"
)

# Sent twice alike is noise; sent twice at one moment and not alike, nobody could say which holds.
TWO_STATES = (
    "(_batch_id, parcel_id_land, changed_at) in (select _batch_id, parcel_id_land, changed_at"
    " from {batch} group by 1, 2, 3"
    " having count(distinct (commune_code, map_sheet, parcel_number, area_m2, is_deleted)) > 1)"
)


def parcels_meet_expectations() -> ExpectationSuite:
    """Say what a pull looks like; what only the registry can correct warns."""
    return ExpectationSuite(
        name="parcels_meet_expectations",
        expectations=[
            given("parcel_id_land"),
            given("changed_at"),
            one_row_each("_batch_id", "parcel_id_land", "changed_at", severity=WARNS),
            no_row("parcels_have_one_state_at_a_time", TWO_STATES),
            no_row("parcels_have_an_old_or_a_new_key", NO_KEY, WARNS),
            shaped("commune_code", COMMUNE, WARNS),
            shaped("old_commune_code", COMMUNE, WARNS),
            shaped("holder_person_id", PERSON_ID, WARNS),
            at_least("area_m2", 0),
        ],
    )
