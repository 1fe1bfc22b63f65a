with source as (
    select * from {{ source('raw', 'civil_servants__officials_compared') }}
),

renamed as (
    select
        entity_key as official_id_civil_servants,

        observation as observation_type,

        listed_changed_at,
        observed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
