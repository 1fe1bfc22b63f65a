"""What cutting a stack at its separator sheets must leave; a batch need not hold a stack."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, at_least, given, no_row, one_row_each, shaped

SHEETS = ("patch_t", "qr", "none")


def parts_meet_expectations() -> ExpectationSuite:
    """Say what a part is: a run of pages of its stack, with bytes of its own or with none."""
    return ExpectationSuite(
        name="parts_meet_expectations",
        expectations=[
            one_row_each("_batch_id", "stack_ordinal", "part_number"),
            given("stack_sha256"),
            shaped("stack_sha256", SHA256),
            shaped("file_sha256", SHA256),
            among("opened_by", SHEETS),
            at_least("first_page", 1),
            no_row(
                "parts_lie_within_their_stack",
                "coalesce(last_page < first_page or last_page > stack_pages, true)",
            ),
            no_row(
                "split_parts_have_bytes_and_a_place",
                "(file_ordinal is null) <> (file_sha256 is null)",
            ),
        ],
    )
