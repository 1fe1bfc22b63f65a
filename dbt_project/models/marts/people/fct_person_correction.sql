{{ config(indexes=[{'columns': ['claim_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with claims as (
    -- Who was not asked about yet is no fault of the record.
    select * from {{ ref('int_claims__stated') }}
    where reason_code is not null and reason_code <> 'not_asked'
)

select
    claim_key,
    entity,
    entity_key,
    agency_code,
    commune_code,
    state,
    reason_code,
    differing_fields,
    stated_at,
    verified_at
from claims
