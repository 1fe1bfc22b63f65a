"""What we and the database of officials agreed one looks like; a city without access has none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, among, given, no_row, one_row_each, shaped

PERSON_ID = "^([0-9]{9}|[0-9]{12})$"
AGENCY = r"^[A-Z][0-9]{2}(\.[0-9]{2,3})*$"
TYPES = ("cadre", "civil_servant", "public_employee")

# Sent twice alike is noise; sent twice at one moment and not alike, nobody could say which holds.
TWO_STATES = (
    "(_batch_id, official_id_civil_servants, changed_at) in (select _batch_id,"
    " official_id_civil_servants, changed_at from {batch} group by 1, 2, 3"
    " having count(distinct (person_id, person_name, agency_code, is_deleted)) > 1)"
)


def officials_meet_expectations() -> ExpectationSuite:
    """Say what a pull looks like; what only the registry can correct warns."""
    return ExpectationSuite(
        name="officials_meet_expectations",
        expectations=[
            given("official_id_civil_servants"),
            given("changed_at"),
            one_row_each("_batch_id", "official_id_civil_servants", "changed_at", severity=WARNS),
            no_row("officials_have_one_state_at_a_time", TWO_STATES),
            no_row("officials_have_a_name", "person_name is null and not is_deleted", WARNS),
            shaped("agency_code", AGENCY, WARNS),
            shaped("person_id", PERSON_ID, WARNS),
            among("official_type", TYPES, WARNS),
            no_row("nobody_is_appointed_before_birth", "appointed_date <= birth_date", WARNS),
        ],
    )
