-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'intake_deliveries') }}
),

renamed as (
    select
        entry_id,
        batch_id,
        lower(content_sha256) as content_sha256,
        {{ cleaned('agency_code') }} as agency_code,
        supersedes as superseded_batch_id,

        delivery_name,

        event,
        delivery_form,
        reason_code,

        version,
        (counts ->> 'open_boxes')::integer as open_box_count,

        delivered_at,
        recorded_at
    from source
)

select * from renamed
