"""What the ledger of decisions says about links; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row

DECISIONS = ("linked", "rejected")
ENTITIES = ("business__enterprises", "land__parcels", "civil_servants__officials")


def link_decisions_meet_expectations() -> ExpectationSuite:
    """Say what a decision is: a claim, a word of two, what it is linked with, who stands by it."""
    return ExpectationSuite(
        name="link_decisions_meet_expectations",
        expectations=[
            given("document_key"),
            given("claim_key"),
            given("entity"),
            among("entity", ENTITIES),
            given("decision"),
            among("decision", DECISIONS),
            given("decided_by"),
            given("because"),
            no_row(
                "what_is_linked_has_a_target", "(decision = 'linked') <> (target_key is not null)"
            ),
        ],
    )
