{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key']}]
    )
}}
with source as (
    select * from {{ source('ledger', 'suggestion_decisions') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('suggestion_type') }} as suggestion_type,

        {{ cleaned('suggested_value') }} as suggested_value,
        {{ cleaned('suggested_maintenance_code') }} as suggested_maintenance_code,
        suggested_retention_years,
        lower({{ cleaned('decision') }}) as decision,
        {{ cleaned('decided_value') }} as decided_value,
        {{ cleaned('decided_maintenance_code') }} as decided_maintenance_code,
        decided_retention_years,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        recorded_at as decided_at
    from source
)

select * from renamed
