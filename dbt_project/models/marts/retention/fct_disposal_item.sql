{{
    config(indexes=[
        {'columns': ['item_key'], 'unique': true},
        {'columns': ['agency_code', 'disposal_list_code']},
        {'columns': ['document_key']},
    ])
}}
with followed as (
    select * from {{ ref('int_disposal_items__followed') }}
)

select
    item_key,
    disposal_list_code,
    document_key,
    agency_code,
    dossier_code,

    disposal_state,
    term_source,
    term_type,
    retention_years,
    grounds,

    proposed_by,
    decision_number,
    council,
    decided_by,
    because,
    executed_by,
    certificate_number,

    trigger_date,
    term_end_date,
    proposed_date,
    decision_date,
    executed_date,
    verified_date,
    certified_date
from followed
