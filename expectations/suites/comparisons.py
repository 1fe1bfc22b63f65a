"""What is written down when two readings are held against each other; often nothing yet."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, a_fraction, given, no_row, shaped


def comparisons_meet_expectations() -> ExpectationSuite:
    """Say what a comparison is: of two readings, of bytes that have a name, in fitting numbers."""
    return ExpectationSuite(
        name="comparisons_meet_expectations",
        expectations=[
            given("is_trial"),
            shaped("file_sha256", SHA256),
            shaped("old_reading_sha256", SHA256),
            shaped("new_reading_sha256", SHA256),
            no_row("recipes_differ", "old_recipe_id = new_recipe_id"),
            no_row(
                "no_more_words_are_common_than_either_has",
                "common_word_count > least(old_word_count, new_word_count)",
            ),
            a_fraction("old_confidence"),
            a_fraction("new_confidence"),
        ],
    )
