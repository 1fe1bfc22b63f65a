{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'retention_triggers') }}
),

renamed as (
    select
        entry_id,
        {{ cleaned('subject_type') }} as subject_type,
        {{ cleaned('subject_key') }} as subject_key,

        {{ cleaned('trigger_code') }} as trigger_code,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        trigger_date,
        recorded_at as decided_at
    from source
)

select * from renamed
