with thresholds as (
    select * from {{ ref('stg_learning__thresholds') }}
),

-- The rows of a calibration are written together, so the latest entry names it.
latest as (
    select calibration_id from thresholds
    order by entry_id desc
    limit 1
),

dated as (
    select
        thresholds.entry_id,
        thresholds.calibration_id,
        thresholds.field_name,
        thresholds.status,
        thresholds.threshold,
        thresholds.previous_threshold,
        thresholds.limit_share,
        thresholds.bound_confidence,
        thresholds.reviewed_count,
        thresholds.reviewed_wrong_count,
        thresholds.audited_count,
        thresholds.audited_wrong_count,
        thresholds.chance_wrong_count,
        thresholds.left_out_count,
        thresholds.looked_at_count,
        thresholds.wrong_count,
        thresholds.error_low,
        thresholds.error_high,
        thresholds.missing_count,
        thresholds.pooled,
        thresholds.steps,
        thresholds.calibrated_at,
        latest.calibration_id is not null as is_current
    from thresholds
    left join latest on thresholds.calibration_id = latest.calibration_id
)

select * from dated
