-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'acceptance_known_bad') }}
),

renamed as (
    select
        entry_id,
        item_code,
        plan_code,
        defect_code
    from source
)

select * from renamed
