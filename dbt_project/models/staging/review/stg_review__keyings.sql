-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'field_keyings') }}
),

renamed as (
    select
        entry_id,
        of_entry_id,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('agency_code') }} as agency_code,

        field_name,
        {{ cleaned('value') }} as keyed_value,
        recorded_by as keyer_name,

        page_number,

        recorded_at as keyed_at
    from source
)

select * from renamed
