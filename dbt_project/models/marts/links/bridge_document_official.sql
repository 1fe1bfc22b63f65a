{{
    config(indexes=[
        {'columns': ['claim_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['document_key']},
        {'columns': ['official_id_civil_servants']},
    ])
}}
with links as (
    select * from {{ ref('int_links__decided') }}
    where entity = 'civil_servants__officials' and target_key is not null
)

select
    claim_key,
    document_key,
    document_id,
    agency_code,
    target_key as official_id_civil_servants,
    page_number,
    state,
    reason_code,
    evidence,
    decided_by,
    decided_at
from links
