"""What the authority file promises about each agency."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    BLOCS,
    WARNS,
    among,
    given,
    no_row,
    one_row_each,
    shaped,
    some_rows,
)

CODE = r"^[A-Z]\d{2}(\.\d{2,3})*$"
LEVELS = ("city", "district", "commune")
CHANGES = ("merged", "split", "renamed", "dissolved")


def agencies_meet_expectations() -> ExpectationSuite:
    """Say what an agency looks like; without agencies nobody could be shown anything."""
    return ExpectationSuite(
        name="agencies_meet_expectations",
        expectations=[
            some_rows(),
            given("agency_code"),
            shaped("agency_code", CODE),
            one_row_each("_batch_id", "agency_code", "valid_from_date"),
            given("agency_name"),
            given("bloc"),
            among("bloc", BLOCS),
            among("agency_level", LEVELS),
            shaped("commune_code", r"^\d{5}$", WARNS),
            no_row("terms_end_after_they_begin", "valid_to_date < valid_from_date"),
            among("change_type", CHANGES),
            no_row(
                "what_ended_has_a_last_day", "change_type is not null and valid_to_date is null"
            ),
            no_row("agencies_do_not_succeed_themselves", "successor_code = agency_code"),
        ],
    )
