"""What councils decided; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, one_row_each


def disposal_decisions_meet_expectations() -> ExpectationSuite:
    """Say what a decision is: one on each document, with number, date, council and who signed."""
    return ExpectationSuite(
        name="disposal_decisions_meet_expectations",
        expectations=[
            one_row_each("list_code", "document_key"),
            given("list_code"),
            given("document_key"),
            given("decision"),
            among("decision", ("approved", "kept")),
            given("decision_number"),
            given("decision_date"),
            given("council"),
            given("decided_by"),
            given("because"),
        ],
    )
