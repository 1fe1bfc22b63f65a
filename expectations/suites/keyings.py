"""What was keyed a second time; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import given, one_row_each


def keyings_meet_expectations() -> ExpectationSuite:
    """Say what a second keying is: of an entry, once, by somebody."""
    return ExpectationSuite(
        name="keyings_meet_expectations",
        expectations=[
            given("of_entry_id"),
            given("keyer_name"),
            one_row_each("of_entry_id", "field_name"),
        ],
    )
