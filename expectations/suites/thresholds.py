"""Learned thresholds; before the first calibration there are none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import a_fraction, among, given, no_row, one_row_each


def thresholds_meet_expectations() -> ExpectationSuite:
    """Say what a learned threshold is: of one field, proved, or left as it was."""
    return ExpectationSuite(
        name="thresholds_meet_expectations",
        expectations=[
            given("calibration_id"),
            given("threshold"),
            among("status", ("too_few", "holds", "lowered", "raised")),
            a_fraction("limit_share"),
            one_row_each("calibration_id", "field_name"),
            no_row(
                "with_too_few_the_threshold_stays",
                "status = 'too_few' and threshold <> previous_threshold",
            ),
            no_row(
                "a_lower_threshold_is_proved",
                "status = 'lowered' and (threshold >= previous_threshold or looked_at_count = 0)",
            ),
        ],
    )
