"""What is known to be bad, and how."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given

DRAWN = ("cut_edge", "blurred", "missing_page", "wrong_rotation", "wrong_field_value")


def acceptance_known_bad_meet_expectations() -> ExpectationSuite:
    """Say in which way an item is bad: one that we draw."""
    return ExpectationSuite(
        name="acceptance_known_bad_meet_expectations",
        expectations=[given("plan_code"), among("defect_code", DRAWN)],
    )
