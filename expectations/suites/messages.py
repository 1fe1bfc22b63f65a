"""What we and the operator of the document axis agreed a message looks like."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    WARNS,
    among,
    at_least,
    given,
    no_row,
    one_row_each,
    shaped,
)

AGENCY = r"^[A-Z][0-9]{2}(\.[0-9]{1,3})*$"
NUMBER = "^[0-9]+[a-zA-Z]?$"
ACTIONS = ("sends", "withdraws", "changes", "replaces")


def messages_meet_expectations() -> ExpectationSuite:
    """Say what a pull looks like; what only a sender can correct warns."""
    return ExpectationSuite(
        name="messages_meet_expectations",
        expectations=[
            given("message_id"),
            given("changed_at"),
            one_row_each("_batch_id", "message_id"),
            among("action_type", ACTIONS),
            at_least("page_count", 0),
            no_row("messages_do_not_come_from_the_future", "changed_at > current_timestamp"),
            no_row(
                "documents_are_issued_before_they_are_sent",
                "issued_date > sent_date",
                WARNS,
            ),
            no_row(
                "messages_name_their_document",
                "sender_code is null or code_number is null or code_notation is null"
                " or issued_date is null",
                WARNS,
            ),
            no_row("messages_are_of_a_known_standard", "standard_name = 'unknown'", WARNS),
            shaped("sender_code", AGENCY, WARNS),
            shaped("code_number", NUMBER, WARNS),
        ],
    )
