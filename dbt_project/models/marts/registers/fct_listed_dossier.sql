{{
    config(indexes=[
        {'columns': ['dossier_key'], 'unique': true},
        {'columns': ['agency_code']},
    ])
}}
with counted as (
    select * from {{ ref('int_listed_dossiers__counted') }}
)

select
    dossier_key,
    agency_code,
    dossier_code,

    title,

    maintenance_code,
    is_listed,
    is_listed_twice,
    is_code_doubtful,

    stated_document_count,
    listed_document_count,
    matched_document_count,
    missing_scan_count,
    unlisted_scan_count,
    ambiguous_count
from counted
