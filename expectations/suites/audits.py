"""Values accepted unseen and keyed blind; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import a_fraction, given, one_row_each


def audits_meet_expectations() -> ExpectationSuite:
    """Say what an audit is: of an accepted value, once, by somebody."""
    return ExpectationSuite(
        name="audits_meet_expectations",
        expectations=[
            given("read_value"),
            given("keyer_name"),
            given("confidence"),
            a_fraction("confidence"),
            one_row_each("document_key", "field_name"),
        ],
    )
