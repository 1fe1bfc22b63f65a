with source as (
    select * from {{ source('raw', 'filedrop__files') }}
),

renamed as (
    select
        register_id,
        agency_code,
        file_sha256,

        {{ cleaned('file_name') }} as file_name,

        state as file_state,
        reason_code,
        mapping_version,

        size_bytes,

        modified_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
