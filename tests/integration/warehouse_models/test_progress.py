"""How far the plan has come, from the small city that is built."""

from tests.integration.warehouse_models.raw_rows import BATCH, A, B

COUNTS = "known_count, received_count, read_count, described_count, in_warehouse_count"


def test_documents_are_counted_by_stage_and_secrets_by_number(models):
    found = models.rows(
        f"select agency_code, batch_id, {COUNTS}, listed_count, set_aside_count, secret_count"
        " from marts.fct_plan_progress order by 1, 2"
    )
    assert found == [
        (A, BATCH, 3, 3, 2, 0, 0, 1, 1, 0),
        (A, None, 1, 0, 0, 0, 0, 1, 0, 0),
        (B, BATCH, 1, 1, 1, 0, 0, 0, 0, 1),
        (None, BATCH, 1, 1, 0, 0, 0, 0, 1, 0),
    ]


def test_every_document_in_use_is_counted_once(models):
    [(known,)] = models.rows("select sum(known_count) from marts.fct_plan_progress")
    [(documents,)] = models.rows("select count(*) from marts.dim_document where not is_superseded")
    [(lines,)] = models.rows(
        "select count(*) from marts.fct_listed_document where listing_state = 'listed_only'"
    )
    assert known == documents + lines


def test_a_stage_that_holds_more_than_the_one_before_is_noticed(models):
    selected = ("--select", "fct_plan_progress,test_name:each_at_most_the_one_before")
    planted = "update marts.fct_plan_progress set {} where batch_id is not null"
    planted += f" and agency_code = '{A}'"
    assert models.dbt("test", *selected).success
    try:
        models.run(planted.format("read_count = 99, received_page_count = 99"))
        assert len(models.dbt("test", *selected).failed) == 2
    finally:
        models.run(planted.format("read_count = 2, received_page_count = 3"))
    assert models.dbt("test", *selected).success


def test_phases_are_forecast_for_the_city_and_for_each_agency(models, analysts):
    rows = "select phase_code, forecast_scope, agency_code, forecast_state, left_over_count,"
    rows += " remaining_count > 0, expected_end_date from marts.fct_plan_forecast order by 1, 2, 3"
    for code in (A, B):
        with analysts[code].connect() as connection:
            seen = [tuple(row) for row in connection.exec_driver_sql(rows)]
        assert [row[1:3] for row in seen] == [("agency", code)] * len(seen)
        assert {row[3] for row in seen} <= {"left_over", "too_few_weeks"}
    whole = [row for row in models.rows(rows) if row[1] == "phase"]
    assert [row[0] for row in whole] == ["2025", "2026"]
    [(known,)] = models.rows(
        "select sum(known_count) from marts.fct_plan_progress where phase_code is not null"
    )
    assert models.rows(
        "select sum(known_count) from marts.fct_plan_forecast where forecast_scope = 'phase'"
    ) == [(known,)]
