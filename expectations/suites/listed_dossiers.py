"""What we ask of registers of dossiers; what only their agency can correct warns."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, among, at_least, given, no_row, one_row_each

MAINTENANCE = ("01", "02", "03", "04", "05", "06", "07")


def listed_dossiers_meet_expectations() -> ExpectationSuite:
    """Say what a listed dossier looks like."""
    return ExpectationSuite(
        name="listed_dossiers_meet_expectations",
        expectations=[
            given("agency_code"),
            one_row_each("_batch_id", "listed_key"),
            among("maintenance_code", MAINTENANCE),
            at_least("page_count", 0),
            no_row("dossiers_are_named", "num_nonnulls(dossier_code, dossier_number, title) = 0"),
            no_row(
                "retention_periods_are_known",
                "maintenance_text is not null and maintenance_code is null",
                WARNS,
            ),
            no_row(
                "dossiers_are_listed_once",
                "(agency_code, dossier_code) in (select agency_code, dossier_code from {batch}"
                " where dossier_code is not null group by 1, 2 having count(*) > 1)",
                WARNS,
            ),
            no_row("codes_and_dates_are_beyond_doubt", "is_code_doubtful", WARNS),
        ],
    )
