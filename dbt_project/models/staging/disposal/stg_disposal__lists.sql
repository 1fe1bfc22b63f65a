{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'disposal_lists') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('list_code') }} as list_code,
        {{ cleaned('agency_code') }} as agency_code,
        document_count,
        {{ cleaned('content_sha256') }} as content_sha256,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,
        recorded_at
    from source
)

select * from renamed
