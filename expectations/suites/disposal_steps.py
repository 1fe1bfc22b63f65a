"""How far lists have come; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, given, no_row, one_row_each, shaped


def disposal_steps_meet_expectations() -> ExpectationSuite:
    """Say what a step is: each once, in their order, a certificate with its number."""
    return ExpectationSuite(
        name="disposal_steps_meet_expectations",
        expectations=[
            one_row_each("list_code", "step"),
            given("list_code"),
            given("step"),
            among("step", ("executed", "verified", "certified", "withdrawn")),
            given("step_date"),
            given("content_sha256"),
            shaped("content_sha256", SHA256),
            given("decided_by"),
            given("because"),
            no_row(
                "certificates_have_a_number",
                "(step = 'certified') <> (certificate_number is not null)",
            ),
            no_row(
                "no_step_is_taken_before_the_one_before_it",
                "step = 'verified' and list_code not in"
                " (select list_code from {batch} where step = 'executed')"
                " or step = 'certified' and list_code not in"
                " (select list_code from {batch} where step = 'verified')",
            ),
        ],
    )
