-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'acceptance_decisions') }}
),

renamed as (
    select
        entry_id,
        plan_code,
        decided_by,

        decision,
        decided_role,
        is_valid,
        is_deviation,
        reason,

        inspected_count,
        defect_count,
        disputed_count,
        known_bad_judged_count,
        known_bad_caught_count,

        recorded_at as decided_at
    from source
)

select * from renamed
