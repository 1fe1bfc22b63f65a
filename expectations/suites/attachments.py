"""What an attachment of a message looks like: digests of bytes that were there."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, at_least, given, no_row, one_row_each, shaped

DIGEST = "^[0-9a-f]{64}$"


def attachments_meet_expectations() -> ExpectationSuite:
    """Say what a pull looks like; an attachment that is only named warns."""
    return ExpectationSuite(
        name="attachments_meet_expectations",
        expectations=[
            given("message_id"),
            one_row_each("_batch_id", "message_id", "attachment_ordinal"),
            shaped("file_sha256", DIGEST),
            shaped("sent_sha256", DIGEST),
            at_least("size_bytes", 0),
            no_row(
                "digest_and_size_go_together",
                "(file_sha256 is null) <> (size_bytes is null)",
            ),
            no_row(
                "only_what_was_packed_was_sent_as_something_else",
                "not is_packed and file_sha256 <> sent_sha256",
            ),
            no_row("attachments_are_brought_and_not_only_named", "file_sha256 is null", WARNS),
        ],
    )
