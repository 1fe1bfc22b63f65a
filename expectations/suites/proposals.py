"""What is promised about each proposal for a document; where nothing is proposed, there is none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    SHA256,
    a_fraction,
    among,
    at_least,
    given,
    no_row,
    one_row_each,
    shaped,
)

TYPES = ("retention", "keyword", "summary", "personal_data")
NINE_DIGITS = 9 * "[0-9]"  # no braces: the suite would read them as its own
PERSONAL = "'id_number', 'old_id_number', 'phone', 'bank_account', 'id_card'"


def proposals_meet_expectations() -> ExpectationSuite:
    """Say what a proposal looks like, and that none carries the personal data it tells of."""
    return ExpectationSuite(
        name="proposals_meet_expectations",
        expectations=[
            one_row_each("document_id", "suggestion_type", "suggestion_ordinal"),
            shaped("document_id", SHA256),
            given("suggestion_type"),
            among("suggestion_type", TYPES),
            given("suggested_value"),
            given("rule_code"),
            given("score"),
            a_fraction("score"),
            at_least("occurrence_count", 1),
            no_row(
                "personal_data_is_told_by_its_kind",
                f"suggestion_type = 'personal_data' and suggested_value not in ({PERSONAL})",
            ),
            no_row("no_value_holds_a_number_of_a_person", f"suggested_value ~ '{NINE_DIGITS}'"),
            no_row(
                "only_retention_has_a_term",
                "suggestion_type <> 'retention'"
                " and (maintenance_code is not null or retention_years is not null)",
            ),
        ],
    )
