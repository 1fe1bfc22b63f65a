"""What comparing documents promises about each pair; where nothing is alike, there is none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    SHA256,
    a_fraction,
    among,
    given,
    no_row,
    one_row_each,
    shaped,
)

VERDICTS = ("same_paper", "same_text", "same_form", "undecided")
AGREEMENTS = ("equal", "different", "unknown")
PARTS = ("issuer", "number", "symbol", "date")
ANY_DIFFERENT = " or ".join(f"{part}_agreement = 'different'" for part in PARTS)


def pairs_meet_expectations() -> ExpectationSuite:
    """Say what a pair looks like: two contents, a verdict, and evidence that does not deny it."""
    return ExpectationSuite(
        name="pairs_meet_expectations",
        expectations=[
            one_row_each("first_document_id", "second_document_id"),
            given("verdict"),
            among("verdict", VERDICTS),
            *(shaped(f"{end}_document_id", SHA256) for end in ("first", "second")),
            no_row("the_smaller_content_comes_first", "first_document_id >= second_document_id"),
            *(among(f"{part}_agreement", AGREEMENTS) for part in PARTS),
            no_row(
                "forms_of_other_names_are_no_proposals",
                f"verdict <> 'same_form' and ({ANY_DIFFERENT})",
            ),
            a_fraction("text_similarity"),
            no_row("no_more_pages_are_alike_than_compared", "pages_alike > pages_compared"),
        ],
    )
