{{ config(indexes=[{'columns': ['agreement_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with keyings as (
    select * from {{ ref('int_keyings__compared') }}
),

counted as (
    select
        agency_code,
        field_name,
        count(*) as keyed_count,
        count(*) filter (where is_agreed) as agreed_count,
        max(keyed_at) as last_keyed_at
    from keyings
    group by agency_code, field_name
)

select
    coalesce(agency_code, '-') || ':' || field_name as agreement_key,
    agency_code,
    field_name,
    keyed_count,
    agreed_count,
    {{ share('agreed_count', 'keyed_count') }} as agreed_share,
    {{ wilson_low('agreed_count', 'keyed_count') }} as agreed_share_low,
    {{ wilson_high('agreed_count', 'keyed_count') }} as agreed_share_high,
    last_keyed_at
from counted
