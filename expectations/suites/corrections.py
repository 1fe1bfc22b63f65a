"""What people said of fields; an empty ledger says nothing wrong.

The table itself refuses what would break these (warehouse/migrations): no entry can be taken back.
"""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, a_fraction, among, given, no_row, one_row_each


def corrections_meet_expectations() -> ExpectationSuite:
    """Say what a word of a person is: about a field, from somebody, and upon what was known."""
    return ExpectationSuite(
        name="corrections_meet_expectations",
        expectations=[
            given("document_key"),
            given("field_name"),
            given("reviewer_name"),
            given("because"),
            among("verdict", ("confirmed", "corrected")),
            a_fraction("old_confidence"),
            one_row_each("document_key", "field_name", "upon_entry_id"),
            no_row("words_follow_what_they_were_upon", "upon_entry_id >= entry_id"),
            no_row(
                "numbers_have_a_symbol",
                "field_name = 'number' and new_value !~ '^[0-9]+[A-Za-z]?[/-]'",
                WARNS,
            ),
        ],
    )
