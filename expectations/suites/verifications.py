"""What an answer of population about a claim looks like; a city without access has none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, given, no_row, one_row_each, shaped

RESULTS = ("matched", "differs", "not_found", "ambiguous")
KNOWN_FIELDS = "^(full_name|birth_date|full_name birth_date)$"


def verifications_meet_expectations() -> ExpectationSuite:
    """Say what an answer says, and that no number of a person stands where a token belongs."""
    return ExpectationSuite(
        name="verifications_meet_expectations",
        expectations=[
            given("entity"),
            given("entity_key"),
            given("claim_token"),
            given("token_key_id"),
            given("verified_at"),
            given("result_type"),
            among("result_type", RESULTS),
            shaped("claim_token", SHA256),
            shaped("person_token", SHA256),
            shaped("differing_fields", KNOWN_FIELDS),
            one_row_each("_batch_id", "entity", "entity_key"),
            no_row(
                "what_differs_is_named_exactly_where_something_differs",
                "(result_type = 'differs') <> (differing_fields is not null)",
            ),
            no_row(
                "whoever_is_found_has_a_token",
                "result_type in ('matched', 'differs') and person_token is null",
            ),
            no_row("answers_do_not_come_from_the_future", "verified_at > now() + '1 day'"),
        ],
    )
