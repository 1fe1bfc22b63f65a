"""What digitising promises about each page."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    WARNS,
    a_fraction,
    among,
    an_outcome_with_its_reason,
    at_least,
    one_row_each,
    shaped,
    some_rows,
)

PHASH = "^[0-9a-f]{64}$"
LEAST_DPI = 200  # Circular 05/2025; the share of pages that must reach it is our own default

TEXT_LAYERS = ("none", "signature_stamp", "old_ocr", "born_digital", "legacy_encoded")


def pages_meet_expectations() -> ExpectationSuite:
    """Say what a page looks like once read."""
    return ExpectationSuite(
        name="pages_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal", "page_number"),
            *an_outcome_with_its_reason(),
            at_least("page_number", 1),
            shaped("image_phash", PHASH),
            a_fraction("text_confidence"),
            a_fraction("rotation_confidence"),
            a_fraction("sharpness"),
            a_fraction("contrast"),
            among("text_layer_type", TEXT_LAYERS),
            at_least("dpi", LEAST_DPI, WARNS, share=0.9),
        ],
    )
