{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'disposal_items') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('list_code') }} as list_code,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('dossier_code') }} as dossier_code,
        {{ cleaned('dossier_key') }} as dossier_key,
        {{ cleaned('term_source') }} as term_source,
        {{ cleaned('term_type') }} as term_type,
        retention_years,
        trigger_date,
        term_end_date,
        {{ cleaned('grounds') }} as grounds,
        recorded_at
    from source
)

select * from renamed
