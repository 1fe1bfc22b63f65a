-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'field_thresholds') }}
),

renamed as (
    select
        entry_id,
        calibration_id,

        field_name,
        status,
        threshold,
        previous_threshold,
        limit_share,
        level as bound_confidence,

        reviewed_count,
        reviewed_wrong_count,
        audited_count,
        audited_wrong_count,
        chance_wrong_count,
        left_out_count,
        looked_at_count,
        wrong_count,
        error_low,
        error_high,
        missing_count,
        pooled,
        steps,

        recorded_at as calibrated_at
    from source
)

select * from renamed
