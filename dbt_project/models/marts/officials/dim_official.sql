{{
    config(indexes=[
        {'columns': ['version_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['official_id_civil_servants', 'valid_from_at']},
    ])
}}
with versions as (
    select * from {{ ref('int_officials__versioned') }}
)

select
    version_key,
    official_id_civil_servants,
    agency_code,
    stated_agency_code,
    position_title,
    rank_code,
    official_type,
    service_status,
    appointed_date,
    is_deleted,
    is_current,
    changed_at,
    valid_from_at,
    valid_to_at,
    known_from_at,
    known_to_at,
    _batch_id,
    _extracted_at
from versions
