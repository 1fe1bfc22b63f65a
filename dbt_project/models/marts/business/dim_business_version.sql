{{
    config(indexes=[
        {'columns': ['version_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['tax_code', 'valid_from_at']},
    ])
}}
with versions as (
    select * from {{ ref('int_enterprises__versioned') }}
)

select
    version_key,
    tax_code,
    agency_code,
    commune_code,
    enterprise_name,
    representative_name,
    enterprise_address,
    enterprise_type,
    enterprise_status,
    founded_date,
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
