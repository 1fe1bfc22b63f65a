"""What a signature promises."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row

DECISIONS = ("accepted", "refused", "reinspect")


def acceptance_decisions_meet_expectations() -> ExpectationSuite:
    """Say what a decision looks like; against the counts it says why."""
    return ExpectationSuite(
        name="acceptance_decisions_meet_expectations",
        expectations=[
            given("decided_by"),
            given("decided_role"),
            among("decision", DECISIONS),
            no_row("deviations_say_why", "is_deviation and reason is null"),
            no_row(
                "accepted_batches_were_validly_inspected", "decision = 'accepted' and not is_valid"
            ),
            no_row("defects_were_looked_at", "defect_count > inspected_count"),
            no_row("catches_were_looks", "known_bad_caught_count > known_bad_judged_count"),
        ],
    )
