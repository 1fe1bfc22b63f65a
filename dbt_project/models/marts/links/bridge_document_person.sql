{{
    config(indexes=[
        {'columns': ['claim_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['document_key']},
        {'columns': ['person_token']},
    ])
}}
with links as (
    select * from {{ ref('int_links__decided') }}
    where entity in ('civil_servants__officials', 'land__parcels') and target_key is not null
),

claims as (
    select * from {{ ref('int_claims__stated') }}
)

select
    links.claim_key,
    links.document_key,
    links.document_id,
    links.agency_code,
    case links.entity when 'land__parcels' then 'parcel_holder' else 'signer' end as person_role,
    -- Of a link that does not hold the person is not told.
    case when links.state = 'verified' then claims.person_token end as person_token,
    case when links.state = 'verified' then claims.token_key_id end as token_key_id,
    case
        when links.state <> 'verified' then links.state
        else coalesce(claims.state, 'unverifiable')
    end as state,
    case
        when links.state <> 'verified' then links.reason_code
        when claims.claim_key is null then 'record_gone'
        else claims.reason_code
    end as reason_code
from links
left join claims
    on links.entity = claims.entity and links.target_key = claims.entity_key
