{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'retention_holds') }}
),

renamed as (
    select
        entry_id,
        of_entry_id,
        {{ cleaned('subject_type') }} as subject_type,
        {{ cleaned('subject_key') }} as subject_key,

        lower({{ cleaned('action') }}) as hold_event,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        since_date,
        recorded_at as decided_at
    from source
)

select * from renamed
