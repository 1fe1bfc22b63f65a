with source as (
    select * from {{ source('raw', 'land__parcels') }}
),

renamed as (
    select
        {{ cleaned('parcel_id') }} as parcel_id_land,
        {{ cleaned('commune_code') }} as commune_code,
        {{ cleaned('map_sheet') }} as map_sheet,
        {{ cleaned('parcel_number') }} as parcel_number,
        {{ cleaned('old_commune_code') }} as old_commune_code,
        {{ cleaned('old_map_sheet') }} as old_map_sheet,
        {{ cleaned('old_parcel_number') }} as old_parcel_number,
        {{ cleaned('certificate_number') }} as certificate_number,
        {{ cleaned('holder_person_id') }} as holder_person_id,

        {{ cleaned('holder_name') }} as holder_name,
        {{ cleaned('address') }} as parcel_address,

        {{ cleaned('land_use_code') }} as land_use_code,
        coalesce(is_deleted, false) as is_deleted,

        area_m2,

        issued_date,
        changed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
