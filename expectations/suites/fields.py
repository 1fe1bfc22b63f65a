"""What reading promises about each value it found."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    WARNS,
    a_fraction,
    among,
    given,
    no_row,
    one_row_each,
    some_rows,
)

NAMES = ("number", "date", "issuer", "type", "abstract", "signer")
EDGES = ("box_left", "box_top", "box_right", "box_bottom")
ISO_DATE = "^[12][0-9][0-9][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def fields_meet_expectations() -> ExpectationSuite:
    """Say what a value looks like: a known name, a place on its page, a confidence."""
    return ExpectationSuite(
        name="fields_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal", "field_name"),
            among("field_name", NAMES),
            given("field_value"),
            given("confidence"),
            given("is_accepted"),
            a_fraction("confidence"),
            *(a_fraction(edge) for edge in EDGES),
            no_row("boxes_have_an_area", "box_left >= box_right or box_top >= box_bottom"),
            no_row("dates_are_iso", f"field_name = 'date' and field_value !~ '{ISO_DATE}'"),
            no_row(
                "accepted_numbers_have_a_symbol",
                "field_name = 'number' and is_accepted and field_value !~ '^[0-9]+[A-Za-z]?[/-]'",
                WARNS,
            ),
        ],
    )
