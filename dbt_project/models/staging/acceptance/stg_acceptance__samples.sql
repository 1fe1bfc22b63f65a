-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'acceptance_samples') }}
),

renamed as (
    select
        entry_id,
        item_code,
        plan_code,
        document_key,
        {{ cleaned('agency_code') }} as agency_code,
        {{ cleaned('box_code') }} as box_code,
        {{ cleaned('dossier_code') }} as dossier_code,
        file_sha256,

        stratum as hard_class,

        position,
        page_number,
        page_count,
        (select count(*) from jsonb_object_keys(coalesce(source.claims, '{}'::jsonb)))::integer as claim_count
    from source
)

select * from renamed
