{#- Name, number, sex and day of birth are left out: marts tell persons by token alone. -#}
{%- set columns = [
    'stated_agency_code', 'position_title', 'rank_code', 'official_type', 'service_status', 'appointed_date',
] -%}
with records as (
    select
        *,
        agency_code as stated_agency_code
    from {{ ref('stg_civil_servants__officials') }}
),

compared as (
    select * from {{ ref('stg_civil_servants__officials_compared') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

{{ versions('official_id_civil_servants', columns) }},

versioned as (
    select
        versions.*,
        coalesce(agencies.current_agency_code, versions.stated_agency_code) as agency_code
    from versions
    left join agencies on versions.stated_agency_code = agencies.agency_code
)

select * from versioned
