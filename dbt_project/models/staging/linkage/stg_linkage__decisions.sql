{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'link_decisions') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('document_key') }} as document_key,
        {{ cleaned('entity') }} as entity,
        {{ cleaned('claim_key') }} as claim_key,

        lower({{ cleaned('decision') }}) as decision,
        {{ cleaned('target_key') }} as target_key,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        recorded_at as decided_at
    from source
)

select * from renamed
