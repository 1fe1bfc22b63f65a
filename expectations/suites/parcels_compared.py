"""What full lists of the land database's keys may tell."""

from great_expectations import ExpectationSuite

from expectations.suites.comparisons_of_keys import comparison_suite


def parcels_compared_meet_expectations() -> ExpectationSuite:
    """Say what an observation about a parcel is."""
    return comparison_suite("parcels_compared_meet_expectations", "parcel_id_land")
