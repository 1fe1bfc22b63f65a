"""What the ledger of decisions says about duplicates; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row

DECISIONS = ("same", "different", "unsure")


def decisions_meet_expectations() -> ExpectationSuite:
    """Say what a decision is: two documents, a word of three, and somebody who stands by it."""
    return ExpectationSuite(
        name="decisions_meet_expectations",
        expectations=[
            given("decision"),
            among("decision", DECISIONS),
            given("decided_by"),
            given("because"),
            no_row("decisions_are_about_two_documents", "lower_document_key = higher_document_key"),
        ],
    )
