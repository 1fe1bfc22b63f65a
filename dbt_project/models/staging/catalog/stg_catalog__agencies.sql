with source as (
    select * from {{ source('raw', 'catalog__agencies') }}
),

renamed as (
    select
        {{ cleaned('agency_code') }} as agency_code,
        {{ cleaned('parent_code') }} as parent_code,
        {{ cleaned('successor_code') }} as successor_code,
        {{ cleaned('commune_code') }} as commune_code,

        {{ cleaned('agency_name') }} as agency_name,

        lower({{ cleaned('bloc') }}) as bloc,
        lower({{ cleaned('level') }}) as agency_level,
        change_type,
        {{ cleaned('resolution') }} as resolution,
        {{ cleaned('clause') }} as clause,

        valid_from as valid_from_date,
        valid_to as valid_to_date,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
