{{ config(indexes=[{'columns': ['calibration_key'], 'unique': true}]) }}
with thresholds as (
    select * from {{ ref('int_thresholds__dated') }}
)

select
    calibration_id || ':' || field_name as calibration_key,
    null::text as agency_code,
    calibration_id,
    field_name,
    status,
    threshold::numeric(6, 5) as threshold,
    previous_threshold::numeric(6, 5) as previous_threshold,
    limit_share::numeric(6, 5) as limit_share,
    bound_confidence::numeric(6, 5) as bound_confidence,
    reviewed_count,
    reviewed_wrong_count,
    audited_count,
    audited_wrong_count,
    chance_wrong_count,
    left_out_count,
    looked_at_count,
    wrong_count,
    error_low::numeric(6, 5) as error_low,
    error_high::numeric(6, 5) as error_high,
    missing_count,
    calibrated_at,
    is_current
from thresholds
