"""What people said terms run from; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row
from expectations.suites.retention_holds import A_SUBJECT, SUBJECTS

TRIGGERS = ("work_year_ended", "no_longer_in_force", "structure_ended")


def retention_triggers_meet_expectations() -> ExpectationSuite:
    """Say what a word on a trigger is: of what, which one, who and why."""
    return ExpectationSuite(
        name="retention_triggers_meet_expectations",
        expectations=[
            given("subject_type"),
            among("subject_type", SUBJECTS),
            given("subject_key"),
            no_row("what_it_is_said_of_is_named_with_its_agency", A_SUBJECT),
            given("trigger_code"),
            among("trigger_code", TRIGGERS),
            given("decided_by"),
            given("because"),
        ],
    )
