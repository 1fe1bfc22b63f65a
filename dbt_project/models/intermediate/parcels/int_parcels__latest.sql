with parcels as (
    select * from {{ ref('stg_land__parcels') }}
),

compared as (
    select * from {{ ref('stg_land__parcels_compared') }}
),

last_seen as (
    {{ last_seen('compared', ['parcel_id_land']) }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by parcel_id_land
            order by changed_at desc nulls last, _extracted_at desc, _batch_id desc
        ) as recency
    from parcels
),

latest as (
    select
        ranked.parcel_id_land,
        ranked.commune_code,
        ranked.map_sheet,
        ranked.parcel_number,
        ranked.old_commune_code,
        ranked.old_map_sheet,
        ranked.old_parcel_number,
        ranked.certificate_number,
        ranked.holder_person_id,
        ranked.holder_name,
        ranked.parcel_address,
        ranked.land_use_code,
        ranked.area_m2,
        ranked.is_deleted or {{ is_withdrawn('ranked') }} as is_deleted,
        ranked.issued_date,
        ranked.changed_at,
        ranked._batch_id,
        ranked._extracted_at
    from ranked
    left join last_seen on ranked.parcel_id_land = last_seen.parcel_id_land
    where ranked.recency = 1
)

select * from latest
