"""What reading promises about each value it found."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    WARNS,
    a_fraction,
    given,
    no_row,
    one_row_each,
    some_rows,
)

NAMES = (
    "number", "date", "issuer", "type", "abstract", "signer",
    "superior", "place", "urgency", "secrecy", "language", "page_count",
    "signer_authority", "signer_title",
    "code_number", "code_notation", "date_precision", "natural_key",
)  # fmt: skip
# Entries of these are numbered, recipient_1.
LISTS = ("addressee", "recipient", "attachment", "signer", "signer_authority", "signer_title")
KNOWN = f"^({'|'.join(NAMES)}|({'|'.join(LISTS)})_[1-9][0-9]*)$"
CLOSED = {
    "urgency": "'Khẩn', 'Thượng khẩn', 'Hỏa tốc'",
    "secrecy": "'unclassified'",
    "date_precision": "'day', 'month', 'year'",
}
ROUNDED = 0.0003  # all three are rounded to four digits
EDGES = ("box_left", "box_top", "box_right", "box_bottom")
ISO_DATE = "^[12][0-9][0-9][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def fields_meet_expectations() -> ExpectationSuite:
    """Say what a value looks like: a known name, a place on its page, a confidence."""
    return ExpectationSuite(
        name="fields_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal", "field_name"),
            no_row("names_are_known", f"field_name !~ '{KNOWN}'"),
            given("field_value"),
            given("confidence"),
            given("is_accepted"),
            a_fraction("confidence"),
            a_fraction("reading_confidence"),
            a_fraction("extraction_confidence"),
            no_row(
                "confidence_is_of_reading_and_extraction",
                f"abs(confidence - reading_confidence * extraction_confidence) > {ROUNDED}",
            ),
            *(a_fraction(edge) for edge in EDGES),
            no_row("boxes_have_an_area", "box_left >= box_right or box_top >= box_bottom"),
            no_row("dates_are_iso", f"field_name = 'date' and field_value !~ '{ISO_DATE}'"),
            no_row(
                "languages_have_a_code",
                "field_name = 'language' and field_value !~ '^(0[1-9]|1[01])$'",
            ),
            *(
                no_row(
                    f"{name}_is_of_its_list",
                    f"field_name = '{name}' and field_value not in ({values})",
                )
                for name, values in CLOSED.items()
            ),
            no_row(
                "accepted_numbers_have_a_symbol",
                "field_name = 'number' and is_accepted and field_value !~ '^[0-9]+[A-Za-z]?[/-]'",
                WARNS,
            ),
        ],
    )
