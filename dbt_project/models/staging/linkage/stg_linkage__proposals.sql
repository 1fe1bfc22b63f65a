with source as (
    select * from {{ source('raw', 'linkage__proposals') }}
),

renamed as (
    select
        {{ cleaned('left_entity') }} as left_entity,
        {{ cleaned('left_key') }} as left_key,
        {{ cleaned('right_entity') }} as right_entity,
        {{ cleaned('right_key') }} as right_key,

        {{ cleaned('standing') }} as standing,
        {{ cleaned('model_id') }} as model_id,

        probability,
        threshold,
        agreements,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
