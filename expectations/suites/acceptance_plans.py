"""What a sampling plan promises: a lot, a sample of it, numbers that decide, and who answers."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row, one_row_each

INSPECTIONS = ("normal", "tightened", "reduced", "discontinued")


def acceptance_plans_meet_expectations() -> ExpectationSuite:
    """Say what a plan looks like."""
    return ExpectationSuite(
        name="acceptance_plans_meet_expectations",
        expectations=[
            one_row_each("batch_id", "vendor", "attempt"),
            given("owner"),
            among("unit", ("page", "document")),
            among("inspection", INSPECTIONS),
            no_row("samples_fit_their_lots", "sample_count not between 1 and lot_count"),
            no_row("numbers_decide", "accept_number < 0 or accept_number >= reject_number"),
        ],
    )
