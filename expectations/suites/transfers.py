"""What the crosswalk of communes promises about each transfer."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import among, given, no_row, one_row_each, shaped


def transfers_meet_expectations() -> ExpectationSuite:
    """Say what a transfer looks like: land goes whole or in part; of people, nobody may know."""
    return ExpectationSuite(
        name="transfers_meet_expectations",
        expectations=[
            given("old_commune_code"),
            given("new_commune_code"),
            shaped("old_commune_code", r"^\d{5}$"),
            shaped("new_commune_code", r"^\d{5}$"),
            one_row_each("_batch_id", "old_commune_code", "new_commune_code"),
            given("land_share"),
            given("people_share"),
            among("land_share", ("all", "part")),
            among("people_share", ("all", "part", "none", "unknown")),
            no_row(
                "who_takes_all_land_takes_all_people",
                "land_share = 'all' and people_share <> 'all'",
            ),
        ],
    )
