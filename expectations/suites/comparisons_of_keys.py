"""What full lists of keys may tell about an entity of a registry; nothing is an answer too."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row, one_row_each

OBSERVATIONS = ("withdrawn", "returned", "never_landed", "outdated")


def comparison_suite(name: str, key: str) -> ExpectationSuite:
    """Say what an observation is; who is listed has a time, who is withdrawn has none."""
    return ExpectationSuite(
        name=name,
        expectations=[
            given(key),
            given("observation_type"),
            among("observation_type", OBSERVATIONS),
            given("observed_at"),
            one_row_each("_batch_id", key),
            no_row(
                "only_what_is_listed_has_a_time_in_the_list",
                "(observation_type = 'withdrawn') <> (listed_changed_at is null)",
            ),
            no_row("comparisons_do_not_come_from_the_future", "observed_at > now() + '1 day'"),
        ],
    )
