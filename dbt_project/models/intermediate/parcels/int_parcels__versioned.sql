{#- Who holds a parcel is left out: marts tell persons by token alone. -#}
{%- set columns = [
    'commune_code', 'map_sheet', 'parcel_number', 'old_commune_code', 'old_map_sheet', 'old_parcel_number',
    'certificate_number', 'parcel_address', 'land_use_code', 'area_m2', 'issued_date',
] -%}
with records as (
    select * from {{ ref('stg_land__parcels') }}
),

compared as (
    select * from {{ ref('stg_land__parcels_compared') }}
),

committees as (
    select * from {{ ref('int_committees__current') }}
),

{{ versions('parcel_id_land', columns) }},

versioned as (
    select
        versions.*,
        committees.agency_code
    from versions
    left join committees on versions.commune_code = committees.commune_code
)

select * from versioned
