"""What the list of communes promises about each."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import given, no_row, one_row_each, shaped


def communes_meet_expectations() -> ExpectationSuite:
    """Say what a commune looks like; a code may come again, but not in the same time."""
    return ExpectationSuite(
        name="communes_meet_expectations",
        expectations=[
            given("commune_code"),
            shaped("commune_code", r"^\d{5}$"),
            one_row_each("_batch_id", "commune_code", "is_former"),
            given("commune_name"),
            no_row("terms_end_after_they_begin", "valid_to_date < valid_from_date"),
            no_row(
                "communes_have_a_district_exactly_while_there_were_some",
                "is_former = (district_code is null)",
            ),
        ],
    )
