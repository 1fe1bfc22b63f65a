"""Good and broken rows of what full key lists told about registries."""

OBSERVED = {
    "_batch_id": "2026-01-11",
    "observation_type": "outdated",
    "listed_changed_at": "2026-01-10T00:00:00Z",
    "observed_at": "2026-01-11T00:00:00Z",
}
TWICE = [{}, {}]


def broken_comparisons(key):
    """Return each expectation about comparisons of ``key`` with a row that breaks it alone."""
    return [
        (f"expect_column_values_to_not_be_null({key})", {key: None}),
        (
            "expect_column_values_to_not_be_null(observation_type)",
            {"observation_type": None},
        ),
        ("expect_column_values_to_be_in_set(observation_type)", {"observation_type": "lost"}),
        ("expect_column_values_to_not_be_null(observed_at)", {"observed_at": None}),
        (f"expect_compound_columns_to_be_unique(_batch_id, {key})", TWICE),
        ("only_what_is_listed_has_a_time_in_the_list", {"observation_type": "withdrawn"}),
        ("comparisons_do_not_come_from_the_future", {"observed_at": "2999-01-01T00:00:00Z"}),
    ]


GOOD = {"enterprises_compared": OBSERVED | {"tax_code": "0100109106"}}
BROKEN = {"enterprises_compared": broken_comparisons("tax_code")}
EMPTY = {"enterprises_compared"}
