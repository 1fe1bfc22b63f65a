{{
    config(indexes=[
        {'columns': ['claim_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['document_key']},
    ])
}}
with links as (
    select * from {{ ref('int_links__decided') }}
    where is_open
)

select
    claim_key,
    document_key,
    document_id,
    agency_code,
    commune_code,
    entity,
    page_number,
    state,
    reason_code,
    case
        when proposal_count > 0 or candidate_count > 1 or reason_code = 'commune_divided' then 'decide'
        when reason_code in ('not_in_registry', 'withdrawn_in_registry') then 'ask_registry'
        else 'look_at_paper'
    end as asked_of_agency,
    stated_key,
    candidate_count::integer as candidate_count,
    proposal_count::integer as proposal_count,
    proposed_key,
    proposed_probability
from links
