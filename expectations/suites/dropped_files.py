"""What must be true of delivered registers as files; a city need not have any."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, at_least, given, no_row, one_row_each, shaped

STATES = ("landed", "refused", "same")


def dropped_files_meet_expectations() -> ExpectationSuite:
    """Say what became of a file: it has an agency's rows, or a reason why not."""
    return ExpectationSuite(
        name="dropped_files_meet_expectations",
        expectations=[
            one_row_each("register_id", "file_sha256"),
            given("register_id"),
            shaped("file_sha256", SHA256),
            given("file_state"),
            among("file_state", STATES),
            at_least("size_bytes", 0),
            no_row(
                "files_are_refused_exactly_with_a_reason",
                "(file_state = 'refused') <> (reason_code is not null)",
            ),
            no_row(
                "only_what_could_not_be_read_has_no_digest",
                "file_sha256 is null and coalesce(reason_code, '') <> 'unreadable'",
            ),
            no_row(
                "landed_files_belong_to_an_agency",
                "file_state <> 'refused' and agency_code is null",
            ),
        ],
    )
