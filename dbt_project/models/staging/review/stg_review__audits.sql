-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'field_audits') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('agency_code') }} as agency_code,

        field_name,
        {{ cleaned('read_value') }} as read_value,
        {{ cleaned('value') }} as keyed_value,
        recorded_by as keyer_name,

        method,
        method_version,
        confidence,
        accepted_from,
        page_number,

        recorded_at as keyed_at
    from source
)

select * from renamed
