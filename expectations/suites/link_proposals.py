"""What is promised about pairs that comparing proposes; before any comparing there are none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import a_fraction, among, given, no_row, one_row_each, shaped

STANDINGS = ("proposed", "ambiguous")
ENTITIES = ("business__enterprises", "civil_servants__officials")


def link_proposals_meet_expectations() -> ExpectationSuite:
    """Say what a proposal is: two keys, a probability above what was shown, the model behind it."""
    return ExpectationSuite(
        name="link_proposals_meet_expectations",
        expectations=[
            one_row_each("_batch_id", "left_entity", "left_key", "right_entity", "right_key"),
            among("left_entity", ("document",)),
            among("right_entity", ENTITIES),
            given("left_key"),
            given("right_key"),
            given("standing"),
            among("standing", STANDINGS),
            given("probability"),
            a_fraction("probability"),
            given("threshold"),
            a_fraction("threshold"),
            no_row("what_is_proposed_is_likelier_than_not", "probability < 0.5"),
            no_row("nothing_below_the_threshold_is_proposed", "probability < threshold"),
            given("agreements"),
            shaped("model_id", "^[0-9a-f]{16}$"),
            given("model_id"),
        ],
    )
