{%- set columns = [
    'commune_code', 'enterprise_name', 'representative_name', 'enterprise_address', 'enterprise_type',
    'enterprise_status', 'founded_date',
] -%}
with records as (
    select * from {{ ref('stg_business__enterprises') }}
),

compared as (
    select * from {{ ref('stg_business__enterprises_compared') }}
),

committees as (
    select * from {{ ref('int_committees__current') }}
),

{{ versions('tax_code', columns) }},

versioned as (
    select
        versions.*,
        committees.agency_code
    from versions
    left join committees on versions.commune_code = committees.commune_code
)

select * from versioned
