with source as (
    select * from {{ source('raw', 'units__communes') }}
),

renamed as (
    select
        {{ cleaned('commune_code') }} as commune_code,
        {{ cleaned('district_code') }} as district_code,

        {{ cleaned('commune_name') }} as commune_name,
        {{ cleaned('district_name') }} as district_name,

        valid_to is not null as is_former,

        valid_from as valid_from_date,
        valid_to as valid_to_date,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
