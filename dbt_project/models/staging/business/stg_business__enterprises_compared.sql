with source as (
    select * from {{ source('raw', 'business__enterprises_compared') }}
),

renamed as (
    select
        entity_key as tax_code,

        observation as observation_type,

        listed_changed_at,
        observed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
