"""What full lists of the keys of officials may tell."""

from great_expectations import ExpectationSuite

from expectations.suites.comparisons_of_keys import comparison_suite


def officials_compared_meet_expectations() -> ExpectationSuite:
    """Say what an observation about an official is."""
    return comparison_suite("officials_compared_meet_expectations", "official_id_civil_servants")
