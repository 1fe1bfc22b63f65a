{{ config(indexes=[{'columns': ['claim_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with claims as (
    select * from {{ ref('int_claims__stated') }}
)

select
    claim_key,
    entity,
    entity_key,
    agency_code,
    commune_code,
    person_token,
    token_key_id,
    request_id,
    state,
    reason_code,
    differing_fields,
    stated_at,
    verified_at
from claims
