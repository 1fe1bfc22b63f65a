{{
    config(indexes=[
        {'columns': ['version_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['person_token', 'valid_from_at']},
    ])
}}
with versions as (
    select * from {{ ref('int_persons__versioned') }}
)

select
    version_key,
    person_token,
    token_key_id,
    agency_code,
    parcel_count,
    official_count,
    verified_count,
    is_deleted,
    is_current,
    verified_at,
    valid_from_at,
    valid_to_at
from versions
