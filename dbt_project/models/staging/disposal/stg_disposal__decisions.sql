{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'disposal_decisions') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('list_code') }} as list_code,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('decision') }} as decision,
        {{ cleaned('decision_number') }} as decision_number,
        decision_date,
        {{ cleaned('council') }} as council,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,
        recorded_at
    from source
)

select * from renamed
