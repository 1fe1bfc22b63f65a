"""What the ledger of decisions says about suggestions; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row
from expectations.suites.proposals import TYPES

DECISIONS = ("accepted", "rejected", "replaced")


def suggestion_decisions_meet_expectations() -> ExpectationSuite:
    """Say what a decision is: a suggestion, a word of three, what holds, and who stands by it."""
    return ExpectationSuite(
        name="suggestion_decisions_meet_expectations",
        expectations=[
            given("document_key"),
            among("suggestion_type", TYPES),
            given("suggested_value"),
            given("decision"),
            among("decision", DECISIONS),
            given("decided_by"),
            given("because"),
            no_row(
                "what_is_not_rejected_has_a_value",
                "(decision <> 'rejected') <> (decided_value is not null)",
            ),
        ],
    )
