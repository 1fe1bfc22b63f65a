{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'duplicate_decisions') }}
),

-- A pair is a pair whichever document was named first.
renamed as (
    select
        entry_id,
        least({{ cleaned('first_document_key') }}, {{ cleaned('second_document_key') }})
            as lower_document_key,
        greatest({{ cleaned('first_document_key') }}, {{ cleaned('second_document_key') }})
            as higher_document_key,

        lower({{ cleaned('decision') }}) as decision,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        recorded_at as decided_at
    from source
)

select * from renamed
