{{
    config(indexes=[
        {'columns': ['version_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['parcel_id_land', 'valid_from_at']},
    ])
}}
with versions as (
    select * from {{ ref('int_parcels__versioned') }}
)

select
    version_key,
    parcel_id_land,
    agency_code,
    commune_code,
    map_sheet,
    parcel_number,
    old_commune_code,
    old_map_sheet,
    old_parcel_number,
    certificate_number,
    parcel_address,
    land_use_code,
    area_m2,
    issued_date,
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
