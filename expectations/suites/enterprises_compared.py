"""What full lists of the business registry's keys may tell."""

from great_expectations import ExpectationSuite

from expectations.suites.comparisons_of_keys import comparison_suite


def enterprises_compared_meet_expectations() -> ExpectationSuite:
    """Say what an observation about an enterprise is."""
    return comparison_suite("enterprises_compared_meet_expectations", "tax_code")
