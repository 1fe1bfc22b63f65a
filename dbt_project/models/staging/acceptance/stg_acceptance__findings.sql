-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'acceptance_findings') }}
),

renamed as (
    select
        entry_id,
        item_code,
        inspector,

        verdict,
        defect_code,

        jsonb_array_length(coalesce(wrong_fields, '[]'::jsonb)) as wrong_field_count,

        recorded_at as found_at
    from source
)

select * from renamed
