"""What a reader says about each page it read, in numbers."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import WARNS, a_fraction, at_least, no_row, one_row_each, some_rows


def readings_meet_expectations() -> ExpectationSuite:
    """Say that the numbers of a page fit each other."""
    return ExpectationSuite(
        name="readings_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal", "page_number"),
            at_least("page_number", 1),
            a_fraction("text_confidence"),
            no_row(
                "no_more_words_are_in_doubt_or_asked_about_than_were_read",
                "greatest(doubtful_count, asked_count) > word_count",
            ),
            no_row("only_words_that_were_asked_about_are_changed", "changed_count > asked_count"),
            no_row(
                "pages_with_words_have_a_confidence",
                "(word_count > 0) <> (text_confidence is not null)",
            ),
        ],
    )
