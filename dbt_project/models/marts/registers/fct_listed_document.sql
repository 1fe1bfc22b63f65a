{{
    config(indexes=[
        {'columns': ['listing_key'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['agency_code', 'listing_state']},
    ])
}}
with matched as (
    select * from {{ ref('int_listed_documents__matched') }}
)

select
    listing_key,
    document_key,
    agency_code,
    register_id,
    sheet_number,
    line_number,
    dossier_code,
    document_code,

    document_number,
    issuer_name,
    subject,
    file_name,
    scanned_number,

    listing_state,
    matched_by,
    maintenance_code,
    is_dossier_listed,
    is_number_doubtful,
    is_date_doubtful,
    is_number_equal,
    is_date_equal,
    is_page_count_equal,

    candidate_count,
    listed_page_count,
    scanned_page_count,

    issued_date_text,
    issued_date_precision,
    scanned_date_text,

    _batch_id,
    _extracted_at
from matched
