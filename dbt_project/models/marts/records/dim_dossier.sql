{{
    config(indexes=[
        {'columns': ['dossier_key'], 'unique': true},
        {'columns': ['agency_code']},
    ])
}}
with dossiers as (
    select * from {{ ref('int_dossiers__gathered') }}
)

select
    dossier_key,
    fonds_key,
    agency_code,
    dossier_code,
    box_codes,
    paper_file_code,

    title,

    dossier_state,
    is_listed_twice,
    is_code_doubtful,
    maintenance_code,
    retention_years,
    open_term_type,
    has_permanent,
    access_mode_code,
    condition_code,

    box_count,
    stated_document_count,
    stated_page_count,
    listed_document_count,
    missing_scan_count,
    document_count,
    usable_document_count,
    superseded_document_count,
    page_count,

    start_date_text,
    end_date_text,
    first_issued_date,
    last_issued_date,
    kept_until_date
from dossiers
