{{ config(indexes=[{'columns': ['agency_code']}]) }}
with forecasts as (
    select * from {{ ref('int_plan_phases__forecast') }}
)

select
    forecast_key,
    phase_code,
    agency_code,

    phase_name,
    forecast_scope,
    forecast_state,
    is_late,

    known_count,
    in_warehouse_count,
    remaining_count,
    left_over_count,
    week_count,
    weekly_mean,
    weekly_deviation,

    earliest_end_date,
    expected_end_date,
    latest_end_date,
    starts_date,
    deadline_date,
    counted_date
from forecasts
