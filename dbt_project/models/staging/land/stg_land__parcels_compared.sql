with source as (
    select * from {{ source('raw', 'land__parcels_compared') }}
),

renamed as (
    select
        entity_key as parcel_id_land,

        observation as observation_type,

        listed_changed_at,
        observed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
