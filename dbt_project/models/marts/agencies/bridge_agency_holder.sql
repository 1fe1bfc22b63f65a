{{
    config(indexes=[
        {'columns': ['holder_key'], 'unique': true},
        {'columns': ['agency_code', 'valid_from_date']},
    ])
}}
with holders as (
    select * from {{ ref('int_agencies__held') }}
)

select
    holder_key,
    agency_code,
    holder_agency_code,
    holder_agency_name,
    holder_state,
    valid_from_date,
    valid_to_date,
    known_from_at,
    known_to_at
from holders
