"""What an inspector's entry promises."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row


def acceptance_findings_meet_expectations() -> ExpectationSuite:
    """Say what a finding looks like; a fail says what is wrong."""
    return ExpectationSuite(
        name="acceptance_findings_meet_expectations",
        expectations=[
            given("inspector"),
            among("verdict", ("pass", "fail")),
            no_row("fails_name_their_defect", "(verdict = 'fail') <> (defect_code is not null)"),
            no_row(
                "wrong_fields_are_counted",
                "(wrong_field_count > 0) <> (coalesce(defect_code, '') = 'wrong_field_value')",
            ),
        ],
    )
