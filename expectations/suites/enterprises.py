"""What we and the business registry agreed an enterprise looks like."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, given, no_row, one_row_each, shaped, some_rows

TAX_CODE = r"^\d{10}(-\d{3})?$"
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
# Guarded by "case": SQL may look at both sides of an "and".
WRONG_CHECK_DIGIT = (
    "case when tax_code ~ '^[0-9]{{10}}' then 10 - ("
    + " + ".join(f"{w} * substr(tax_code, {at}, 1)::int" for at, w in enumerate(WEIGHTS, 1))
    + ") % 11 <> substr(tax_code, 10, 1)::int else false end"
)

# Sent twice alike is noise; sent twice at one moment and not alike, nobody could say which holds.
TWO_STATES = (
    "(_batch_id, tax_code, changed_at) in (select _batch_id, tax_code, changed_at from {batch}"
    " group by 1, 2, 3 having count(distinct (enterprise_name, commune_code, is_deleted)) > 1)"
)


def enterprises_meet_expectations() -> ExpectationSuite:
    """Say what a pull looks like; a wrong check digit only warns, for the registry is the owner."""
    return ExpectationSuite(
        name="enterprises_meet_expectations",
        expectations=[
            some_rows(),
            given("tax_code"),
            shaped("tax_code", TAX_CODE),
            one_row_each("_batch_id", "tax_code", "changed_at", severity=WARNS),
            no_row("enterprises_have_one_state_at_a_time", TWO_STATES),
            given("changed_at"),
            no_row("enterprises_have_a_name", "enterprise_name is null and not is_deleted"),
            no_row("communes_have_five_digits", "commune_code !~ '^[0-9]{{5}}$'", WARNS),
            no_row("check_digits_are_right", WRONG_CHECK_DIGIT, WARNS),
        ],
    )
