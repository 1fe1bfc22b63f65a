"""What population tells about names: parts, names and how many people, and nobody in particular."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, at_least, given, no_row, one_row_each

PARTS = ("family", "middle", "given")


def name_frequencies_meet_expectations() -> ExpectationSuite:
    """Say what a frequency is; a name that one person bears would be no aggregate."""
    return ExpectationSuite(
        name="name_frequencies_meet_expectations",
        expectations=[
            given("name_part"),
            given("part_name"),
            given("people_count"),
            among("name_part", PARTS),
            at_least("people_count", 10),
            one_row_each("_batch_id", "name_part", "part_name"),
            no_row("names_are_no_numbers", "part_name ~ '[0-9]'"),
        ],
    )
