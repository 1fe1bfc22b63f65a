"""What the ledger of fixity says about stored files; an empty ledger proves nothing."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, given, no_row, shaped

RESULTS = ("intact", "damaged", "missing", "unreadable")


def fixity_checks_meet_expectations() -> ExpectationSuite:
    """Say what an entry is, and that a proof is one."""
    return ExpectationSuite(
        name="fixity_checks_meet_expectations",
        expectations=[
            given("file_sha256"),
            shaped("file_sha256", SHA256),
            shaped("found_sha256", SHA256),
            given("fixity_result"),
            among("fixity_result", RESULTS),
            no_row(
                "intact_files_have_the_digest_they_are_known_by",
                "fixity_result = 'intact' and found_sha256 is distinct from file_sha256",
            ),
            no_row(
                "damaged_files_have_another",
                "fixity_result = 'damaged'"
                " and (found_sha256 is null or found_sha256 = file_sha256)",
            ),
            no_row(
                "only_a_whole_file_is_left_alone",
                "fixity_result <> 'intact' and due_again_at > checked_at",
            ),
            no_row("proofs_do_not_come_from_the_future", "checked_at > now() + interval '1 day'"),
        ],
    )
