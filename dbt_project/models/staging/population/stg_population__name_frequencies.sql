with source as (
    select * from {{ source('raw', 'population__name_frequencies') }}
),

renamed as (
    select
        {{ cleaned('name') }} as part_name,

        part as name_part,

        people_count,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
