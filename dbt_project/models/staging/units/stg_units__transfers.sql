with source as (
    select * from {{ source('raw', 'units__transfers') }}
),

renamed as (
    select
        {{ cleaned('old_commune_code') }} as old_commune_code,
        {{ cleaned('new_commune_code') }} as new_commune_code,

        land_share,
        people_share,

        land_share <> 'all' as is_divided,

        {{ cleaned('correction') }} as correction,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
