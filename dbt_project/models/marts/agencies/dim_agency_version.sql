{{
    config(indexes=[
        {'columns': ['version_key'], 'unique': true},
        {'columns': ['agency_code', 'valid_from_date']},
    ])
}}
with versions as (
    select * from {{ ref('int_agencies__versioned') }}
)

select
    version_key,
    agency_code,
    parent_code,
    successor_code,
    commune_code,
    agency_name,
    bloc,
    agency_level,
    change_type,
    resolution,
    clause,
    valid_from_date,
    valid_to_date,
    known_from_at,
    known_to_at,
    _batch_id,
    _extracted_at
from versions
