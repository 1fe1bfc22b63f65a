{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'custody_items') }}
),

renamed as (
    select
        entry_id,
        event_number,
        {{ cleaned('agency_code') }} as agency_code,
        {{ cleaned('box_code') }} as box_code,
        {{ cleaned('dossier_code') }} as dossier_code,

        {{ cleaned('explanation') }} as explanation,

        document_count,
        received_document_count,
        explained_document_count,

        recorded_at
    from source
)

select * from renamed
