{{ config(indexes=[{'columns': ['trend_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with trended as (
    select * from {{ ref('int_verifications__trended') }}
)

select
    concat_ws(
        '/', trend_date, coalesce(agency_code, '-'), coalesce(commune_code, '-'), entity, state
    ) as trend_key,
    trend_date,
    agency_code,
    commune_code,
    entity,
    state,
    claim_count
from trended
