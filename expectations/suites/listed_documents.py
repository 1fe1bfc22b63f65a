"""What we ask of registers of documents; what only their agency can correct warns."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, among, at_least, given, no_row, one_row_each
from expectations.suites.listed_dossiers import MAINTENANCE

PRECISIONS = ("day", "month", "year")


def listed_documents_meet_expectations() -> ExpectationSuite:
    """Say what a listed document looks like."""
    return ExpectationSuite(
        name="listed_documents_meet_expectations",
        expectations=[
            given("agency_code"),
            one_row_each("_batch_id", "listed_key"),
            among("maintenance_code", MAINTENANCE),
            among("issued_date_precision", PRECISIONS),
            at_least("page_count", 0),
            no_row(
                "documents_are_named",
                "num_nonnulls(document_number, code_number, document_code, subject) = 0",
            ),
            no_row(
                "dates_are_kept_only_as_far_as_they_are_known",
                "issued_date_text is not null and issued_date_precision is null",
            ),
            no_row("numbers_are_beyond_doubt", "is_number_doubtful", WARNS),
        ],
    )
