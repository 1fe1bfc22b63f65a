"""What a delivery and its manifest say about each file."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    BLOCS,
    SHA256,
    WARNS,
    among,
    given,
    no_row,
    one_row_each,
    shaped,
    some_rows,
)

STATES = ("received", "missing", "undeclared")
DEGREES = ("thuong", "mat", "toi_mat", "tuyet_mat")


def files_meet_expectations() -> ExpectationSuite:
    """Say what a file of a batch looks like; a declared one names its agency.

    An unknown degree of secrecy only warns: the models treat it as secret.
    """
    return ExpectationSuite(
        name="files_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal"),
            given("received_state"),
            among("received_state", STATES),
            shaped("file_sha256", SHA256),
            no_row(
                "only_missing_files_have_no_digest",
                "(received_state = 'missing') is distinct from (file_sha256 is null)"
                " and coalesce(secrecy, 'thuong') = 'thuong'",
            ),
            no_row(
                "declared_files_name_their_agency",
                "received_state <> 'undeclared' and agency_code is null",
            ),
            among("bloc", BLOCS),
            among("secrecy", DEGREES, WARNS),
        ],
    )
