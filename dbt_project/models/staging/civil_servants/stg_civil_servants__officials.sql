with source as (
    select * from {{ source('raw', 'civil_servants__officials') }}
),

renamed as (
    select
        {{ cleaned('official_id') }} as official_id_civil_servants,
        {{ dotted_code(cleaned('agency_code')) }} as agency_code,
        {{ cleaned('person_id') }} as person_id,

        {{ cleaned('full_name') }} as person_name,
        {{ cleaned('agency_name') }} as agency_name,
        {{ cleaned('position_title') }} as position_title,

        {{ cleaned('sex') }} as sex,
        {{ cleaned('rank_code') }} as rank_code,
        {{ cleaned('category') }} as official_type,
        {{ cleaned('status') }} as service_status,
        coalesce(is_deleted, false) as is_deleted,

        birth_date,
        appointed_date,
        changed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
