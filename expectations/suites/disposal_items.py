"""Which documents were proposed for disposal; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row, one_row_each


def disposal_items_meet_expectations() -> ExpectationSuite:
    """Say what may be on a list: a document of its agency whose term somebody gave; it ended."""
    return ExpectationSuite(
        name="disposal_items_meet_expectations",
        expectations=[
            one_row_each("list_code", "document_key"),
            given("list_code"),
            given("document_key"),
            no_row(
                "documents_are_of_the_agency_of_their_list",
                "list_code not like split_part(document_key, ':', 1) || '-%'",
            ),
            given("term_source"),
            among("term_source", ("person", "register")),
            given("term_type"),
            among("term_type", ("years", "until_no_longer_in_force", "life_of_the_work")),
            given("term_end_date"),
            given("grounds"),
        ],
    )
