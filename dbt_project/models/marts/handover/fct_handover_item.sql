{{
    config(indexes=[
        {'columns': ['item_key'], 'unique': true},
        {'columns': ['agency_code', 'receiver_agency_code']},
    ])
}}
with items as (
    select * from {{ ref('int_handovers__listed') }}
)

select
    item_key,
    agency_code,
    receiver_agency_code,
    document_key,
    dossier_code,
    box_code,

    agency_name,
    receiver_agency_name,
    candidate_names,
    dossier_title,
    document_number,
    issuer_name,
    subject,
    file_name,

    receiver_state,
    change_type,
    resolution,
    clause,
    item_type,
    listing_state,
    maintenance_code,
    is_in_warehouse,

    candidate_count,
    page_count,

    issued_date_text,
    ended_date,

    _batch_id,
    _extracted_at
from items
