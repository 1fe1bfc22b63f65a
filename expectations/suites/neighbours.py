"""What is promised about groups proposed from like documents; before any review there are none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, a_fraction, at_least, given, one_row_each, shaped


def neighbours_meet_expectations() -> ExpectationSuite:
    """Say what stands behind such a group: three reviewed documents at least."""
    return ExpectationSuite(
        name="neighbours_meet_expectations",
        expectations=[
            one_row_each("_batch_id", "document_id"),
            shaped("document_id", SHA256),
            given("group_code"),
            given("score"),
            a_fraction("score"),
            at_least("neighbour_count", 3),
        ],
    )
