"""Lines of the lists of handovers; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import at_least, given, no_row


def custody_items_meet_expectations() -> ExpectationSuite:
    """Say what a line is: a box or a dossier of an agency, its documents counted."""
    return ExpectationSuite(
        name="custody_items_meet_expectations",
        expectations=[
            given("event_number"),
            given("agency_code"),
            at_least("document_count", 0),
            at_least("received_document_count", 0),
            at_least("explained_document_count", 0),
            no_row("a_line_names_a_box_or_a_dossier", "num_nonnulls(box_code, dossier_code) = 0"),
            no_row(
                "no_more_is_explained_than_differs",
                "explained_document_count > abs(document_count - received_document_count)"
                " or explained_document_count > 0 and explanation is null",
            ),
        ],
    )
