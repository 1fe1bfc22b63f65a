{{ config(indexes=[{'columns': ['agency_code'], 'unique': true}]) }}
with agencies as (
    select * from {{ ref('int_agencies__current') }}
)

select
    agency_code,
    parent_code,
    successor_code,
    current_agency_code,
    commune_code,
    agency_name,
    bloc,
    agency_level,
    is_active,
    valid_from_date,
    valid_to_date,
    _batch_id,
    _extracted_at
from agencies
