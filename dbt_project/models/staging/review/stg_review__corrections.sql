-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key']}]
    )
}}
with source as (
    select * from {{ source('ledger', 'field_corrections') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('agency_code') }} as agency_code,

        field_name,
        verdict,
        {{ cleaned('old_value') }} as old_value,
        {{ cleaned('new_value') }} as new_value,
        old_decided_by,
        {{ cleaned('because') }} as because,
        recorded_by as reviewer_name,

        old_method,
        old_method_version,
        old_is_accepted,
        old_accepted_from,
        old_confidence,
        page_number,
        box_left,
        box_top,
        box_right,
        box_bottom,
        upon_entry_id,

        recorded_at as decided_at
    from source
)

select * from renamed
