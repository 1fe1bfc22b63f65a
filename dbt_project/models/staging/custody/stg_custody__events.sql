{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'custody_events') }}
),

renamed as (
    select
        entry_id,
        event_number,
        supersedes_number,
        {{ cleaned('giver_agency_code') }} as giver_agency_code,
        {{ cleaned('receiver_agency_code') }} as receiver_agency_code,
        event_sha256,
        previous_sha256,
        list_sha256,
        content_sha256,

        event_type,
        condition_code,
        reason_code,
        {{ cleaned('resolution') }} as resolution,
        {{ cleaned('decided_by') }} as decided_by,
        {{ cleaned('because') }} as because,

        box_count,
        dossier_count,
        document_count,
        received_document_count,

        handover_date,
        recorded_at
    from source
)

select * from renamed
