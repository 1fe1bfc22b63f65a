"""What an item of a sample promises: a place to look at, and nothing of what it is."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, no_row, one_row_each, shaped


def acceptance_samples_meet_expectations() -> ExpectationSuite:
    """Say what an item looks like."""
    return ExpectationSuite(
        name="acceptance_samples_meet_expectations",
        expectations=[
            one_row_each("plan_code", "position"),
            shaped("item_code", "^K-[0-9a-f]{10}$"),
            shaped("file_sha256", SHA256),
            no_row("pages_are_in_their_file", "page_number not between 1 and page_count"),
        ],
    )
