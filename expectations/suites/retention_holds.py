"""What the ledger of holds says; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row

SUBJECTS = ("document", "dossier")
A_SUBJECT = (
    "subject_type = 'document' and right(subject_key, 65) !~ '^:[0-9a-f]*$'"
    " or position(':' in subject_key) < 2"
)


def retention_holds_meet_expectations() -> ExpectationSuite:
    """Say what a hold is: a document or dossier, who and why; a release names its hold."""
    return ExpectationSuite(
        name="retention_holds_meet_expectations",
        expectations=[
            given("hold_event"),
            among("hold_event", ("held", "released")),
            given("subject_type"),
            among("subject_type", SUBJECTS),
            given("subject_key"),
            no_row("what_is_held_is_named_with_its_agency", A_SUBJECT),
            given("since_date"),
            given("decided_by"),
            given("because"),
            no_row(
                "releases_name_a_hold",
                "(hold_event = 'released') <> (of_entry_id is not null) or of_entry_id is not null"
                " and cast(of_entry_id as bigint) not in"
                " (select entry_id from {batch} where hold_event = 'held')",
            ),
        ],
    )
