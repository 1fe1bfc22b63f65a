"""What was proposed for disposal; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, at_least, given, no_row, shaped

SEVERAL = "list_code in (select list_code from {batch} group by list_code having count(*) > 1)"


def disposal_lists_meet_expectations() -> ExpectationSuite:
    """Say what a list is: a name, an agency, items with their digest, who proposes and why."""
    return ExpectationSuite(
        name="disposal_lists_meet_expectations",
        expectations=[
            given("list_code"),
            no_row("lists_have_names_of_their_own", SEVERAL),
            given("agency_code"),
            at_least("document_count", 1),
            given("content_sha256"),
            shaped("content_sha256", SHA256),
            given("decided_by"),
            given("because"),
        ],
    )
