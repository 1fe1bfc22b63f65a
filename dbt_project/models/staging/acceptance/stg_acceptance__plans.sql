-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'acceptance_plans') }}
),

renamed as (
    select
        entry_id,
        plan_code,
        batch_id,
        regexp_replace(batch_id, '-[0-9a-f]{8}$', '') as delivery_name,
        vendor,

        unit,
        inspection,
        inspection_level,
        code_letter,
        rule_version,
        owner,
        lot_sha256,

        attempt,
        aql_percent,
        lot_size as lot_count,
        sample_size as sample_count,
        accept_number,
        reject_number,
        known_bad_count,
        strata,

        recorded_at as planned_at
    from source
)

select * from renamed
